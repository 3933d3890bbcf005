package io.breaker.circuitbreaker;

import static io.breaker.circuitbreaker.CircuitState.CLOSED;
import static io.breaker.circuitbreaker.CircuitState.DISABLED;
import static io.breaker.circuitbreaker.CircuitState.FORCED_OPEN;
import static io.breaker.circuitbreaker.CircuitState.HALF_OPEN;
import static io.breaker.circuitbreaker.CircuitState.METRICS_ONLY;
import static io.breaker.circuitbreaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.cooldown.Cooldown;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the transition table. */
class TransitionTests {

    private final ManualTime time = new ManualTime();

    @Test
    void opensWhenTheTripperHoldsAfterAFailure() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("minRequests(3) & failureRate(0.5)"));

        breaker.begin().succeed();
        fail(breaker);
        assertThat(breaker.state()).isEqualTo(CLOSED);

        fail(breaker);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void opensWhenTheTripperHoldsAfterASuccessThatReachesTheMinimum() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("minRequests(3) & failureRate(0.6)"));
        fail(breaker);
        fail(breaker);

        breaker.begin().succeed();

        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void opensOnSuccessesThatAreSlow() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("minRequests(2) & slowRate(1.0, 3s)"));

        slowSuccess(breaker, Duration.ofSeconds(3));
        slowSuccess(breaker, Duration.ofSeconds(30));

        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void opensOnAFailureThatIsSlowLikeASuccess() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("slowRate(1.0, 30s)"));

        OngoingCall call = breaker.begin();
        time.advance(Duration.ofSeconds(30));
        call.fail(new Exception());

        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void opensOnAMeanLatencyAtTheThreshold() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("minRequests(2) & avgLatency(2s)"));

        slowSuccess(breaker, Duration.ofSeconds(1));
        slowSuccess(breaker, Duration.ofSeconds(3));

        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.snapshot().stats().meanLatency()).contains(Duration.ofSeconds(2));
    }

    @Test
    void neverOpensOnOldFailuresOfAnIdleBreaker() {
        CircuitBreaker breaker =
                breaker(settings -> settings.window("time(60s)").tripper("minRequests(2) & failureRate(0.5)"));
        fail(breaker);
        time.advance(Duration.ofSeconds(60));

        fail(breaker);

        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void opensOnASuccessWhoseSlicePushesOlderSuccessesOut() {
        CircuitBreaker breaker =
                breaker(settings -> settings.window("time(60s)").tripper("minRequests(20) & failureRate(0.5)"));
        succeedTimes(breaker, 100);
        time.advance(Duration.ofSeconds(30));
        for (int i = 0; i < 40; i++) {
            fail(breaker);
        }
        assertThat(breaker.state()).isEqualTo(CLOSED);
        time.advance(Duration.ofSeconds(31));

        breaker.begin().succeed();

        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.history().transitions().get(0).reason())
                .isEqualTo("failureRate(0.5) held: 40 of 41 calls failed");
    }

    @Test
    void opensByItsDefaultSettingsAtTenFailuresOfTwentyCalls() {
        CircuitBreaker breaker = breaker(settings -> settings);
        for (int i = 0; i < 10; i++) {
            breaker.begin().succeed();
            if (i < 9) {
                fail(breaker);
            }
        }
        assertThat(breaker.state()).isEqualTo(CLOSED);

        fail(breaker);

        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.history().transitions().get(0).reason())
                .isEqualTo("failureRate(0.5) held: 10 of 20 calls failed");
    }

    @Test
    void rejectsUntilTheCooldownIsOverAndStaysOpenUntilTheNextCall() {
        CircuitBreaker breaker = opened(settings -> settings.cooldown("fixed(5s)"));

        time.advance(Duration.ofNanos(4_999_999_999L));
        assertRejected(breaker, OPEN);
        time.advance(Duration.ofNanos(1));
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ZERO);

        breaker.begin();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    }

    @Test
    void startsHalfOpenEvenIfTheFirstCallIsRefused() {
        CircuitBreaker breaker =
                opened(settings -> settings.cooldown("fixed(5s)").permit(context -> false));
        time.advance(Duration.ofSeconds(5));

        assertRejected(breaker, HALF_OPEN);

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.snapshot().totals().rejected()).isEqualTo(1);
    }

    @Test
    void probesWithTheNextCallWhereThereIsNoCooldown() {
        CircuitBreaker breaker = opened(settings -> settings.cooldown("none"));

        breaker.begin().succeed();

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.snapshot().probeSuccesses()).isEqualTo(1);
    }

    @Test
    void staysOpenForEverWithAnIndefiniteCooldown() {
        CircuitBreaker breaker = opened(settings -> settings.cooldown("indefinite"));
        time.advance(Duration.ofDays(1000));

        assertRejected(breaker, OPEN);
        assertThat(breaker.snapshot().retryAfter()).isEmpty();
    }

    @Test
    void reopensAtOnceWithoutWaitingForOtherProbes() {
        CircuitBreaker breaker = halfOpen(settings -> settings.tripper("failureStreak(1)"));
        breaker.begin();
        breaker.begin();

        breaker.begin().fail(new Exception());

        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.snapshot().reopens()).isEqualTo(1);
    }

    @Test
    void asksTheTripperInHalfOpenWithTheSmallerMinimum() {
        CircuitBreaker breaker = halfOpen(settings -> settings.successThreshold(2)
                .tripper("(closed & failureStreak(1)) | (halfOpened & minRequests(50) & failureRate(0.5))"));

        fail(breaker);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        fail(breaker);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void closesAfterEnoughSuccesses() {
        CircuitBreaker breaker = halfOpen(settings -> settings.successThreshold(3));

        breaker.begin().succeed();
        breaker.begin().succeed();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        breaker.begin().succeed();

        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.snapshot().stats().total()).isZero();
        assertThat(breaker.snapshot().reopens()).isZero();
    }

    @Test
    void doesNotCloseWhileTheTripperHoldsOrTheRampIsNotOver() {
        CircuitBreaker breaker =
                halfOpen(settings -> settings.successThreshold(1).permit("rampUp(100%, 100%, 60s)"));

        breaker.begin().succeed();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        time.advance(Duration.ofSeconds(60));
        breaker.begin().succeed();

        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void theCooldownGrowsWithEachReopeningAndIsResetByClosing() {
        CircuitBreaker breaker = opened(settings -> settings.cooldown("exponential(10s)"));
        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(10));

        time.advance(Duration.ofSeconds(10));
        fail(breaker);
        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(20));
        time.advance(Duration.ofSeconds(20));
        fail(breaker);
        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(40));
        assertThat(breaker.snapshot().reopens()).isEqualTo(2);

        time.advance(Duration.ofSeconds(40));
        succeedTimes(breaker, 3);
        fail(breaker);
        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(10));
    }

    @Test
    void theCooldownIsDrawnOncePerOpeningSoThatRetryAfterIsExact() {
        List<Integer> asked = new ArrayList<>();
        Cooldown random = context -> {
            asked.add(context.reopens());
            return Duration.ofMillis(1_000 + context.random().nextInt(1_000));
        };
        CircuitBreaker breaker = opened(settings -> settings.cooldown(random));

        Duration drawn = breaker.snapshot().retryAfter().orElseThrow();
        time.advance(drawn.minusNanos(1));
        assertRejected(breaker, OPEN);
        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofNanos(1));
        time.advance(Duration.ofNanos(1));
        breaker.begin();

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(asked).containsExactly(0);
    }

    @Test
    void anOutcomeOfAStayThatWasLeftAsksNoCooldown() {
        List<Integer> asked = new ArrayList<>();
        CircuitBreaker breaker =
                breaker(settings -> settings.tripper("failureCount(1)").cooldown(context -> {
                    asked.add(context.reopens());
                    return Duration.ofSeconds(1);
                }));
        OngoingCall late = breaker.begin();
        breaker.reset();

        late.fail(new Exception());

        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(asked).isEmpty();
    }

    @Test
    void theCooldownSeesNoFailureWhereAReturnedValueWasTheLast() {
        List<Boolean> seen = new ArrayList<>();
        CircuitBreaker breaker = breaker(settings -> settings.tripper("failureCount(2)")
                .resultTracker("bad"::equals)
                .cooldown(context -> {
                    seen.add(context.lastFailure().isPresent());
                    return Duration.ofSeconds(1);
                }));
        fail(breaker);

        breaker.get(() -> "bad");

        assertThat(seen).containsExactly(false);
    }

    @Test
    void theCooldownSeesTheFailureThatLedToIt() {
        List<Throwable> seen = new ArrayList<>();
        CircuitBreaker breaker =
                breaker(settings -> settings.tripper("failureStreak(1)").cooldown(context -> {
                    seen.add(context.lastFailure().orElseThrow());
                    return Duration.ofSeconds(1);
                }));
        Exception failure = new Exception();

        breaker.begin().fail(failure);

        assertThat(seen).containsExactly(failure);
    }

    @ParameterizedTest
    @EnumSource(
            value = CircuitState.class,
            names = {"OPEN", "HALF_OPEN"},
            mode = EnumSource.Mode.EXCLUDE)
    void goesFromAnyStateToAnyThatCanBeCommanded(CircuitState target) {
        for (CircuitState start : CircuitState.values()) {
            CircuitBreaker breaker = in(start);
            time.advance(Duration.ofSeconds(1));

            command(breaker, target);

            assertThat(breaker.state()).isEqualTo(target);
            assertThat(breaker.snapshot().since()).isEqualTo(time.instant());
            assertThat(breaker.history().transitions().get(0))
                    .isEqualTo(new Transition(start, target, time.instant(), "by hand", "application"));
        }
    }

    @Test
    void resetEmptiesTheWindow() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("failureStreak(5)"));
        fail(breaker);

        breaker.reset();

        assertThat(breaker.snapshot().stats().total()).isZero();
        assertThat(breaker.snapshot().failureStreak()).isZero();
        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
    }

    @Test
    void metricsOnlyRecordsAndTellsButNeverOpens() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("closed & failureRate(0.5)"));
        List<CircuitBreakerEvent.WouldOpen> events = new ArrayList<>();
        breaker.onEvent(CircuitBreakerEvent.WouldOpen.class, events::add);
        breaker.metricsOnly();

        fail(breaker);
        assertThat(breaker.snapshot().wouldOpen()).isTrue();
        fail(breaker);
        succeedTimes(breaker, 3);
        assertThat(breaker.snapshot().wouldOpen()).isFalse();
        fail(breaker);

        assertThat(breaker.state()).isEqualTo(METRICS_ONLY);
        assertThat(breaker.snapshot().wouldOpen()).isTrue();
        assertThat(breaker.history().wouldOpens()).isEqualTo(2);
        assertThat(events)
                .extracting(CircuitBreakerEvent.WouldOpen::reason)
                .containsExactly(
                        "failureRate(0.5) held: 1 of 1 calls failed", "failureRate(0.5) held: 3 of 6 calls failed");
        assertThat(breaker.snapshot().stats().total()).isEqualTo(6);
    }

    @Test
    void disabledPassesAndCountsTotalsOnly() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("failureStreak(1)"));
        breaker.disable();

        fail(breaker);
        breaker.begin().succeed();
        breaker.begin().ignore();

        assertThat(breaker.state()).isEqualTo(DISABLED);
        assertThat(breaker.snapshot().stats().total()).isZero();
        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::succeeded, CallTotals::failed, CallTotals::ignored)
                .containsExactly(1L, 1L, 1L);
    }

    @Test
    void forcedOpenRejectsAndNeverRecoversByItself() {
        CircuitBreaker breaker = breaker(settings -> settings);
        breaker.forceOpen();
        time.advance(Duration.ofDays(1000));

        assertRejected(breaker, FORCED_OPEN);

        assertThat(breaker.snapshot().totals().rejected()).isEqualTo(1);
        assertThat(breaker.snapshot().retryAfter()).isEmpty();
    }

    @Test
    void whileOpenItShowsTheFiguresOfTheStayThatEnded() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("failureStreak(2)"));
        OngoingCall late = breaker.begin();
        breaker.begin().succeed();
        fail(breaker);
        fail(breaker);

        late.fail(new Exception());

        assertThat(breaker.snapshot().stats().total()).isEqualTo(3);
        assertThat(breaker.snapshot().failureStreak()).isEqualTo(2);
        breaker.forceOpen();
        assertThat(breaker.snapshot().stats().total()).isEqualTo(3);
        assertThat(breaker.snapshot().failureStreak()).isEqualTo(2);
        assertThat(breaker.snapshot().totals().failed()).isEqualTo(3);
    }

    @Test
    void startsInItsInitialState() {
        assertThat(breaker(settings -> settings.initialState(METRICS_ONLY)).state())
                .isEqualTo(METRICS_ONLY);
        assertThat(breaker(settings -> settings.initialState(FORCED_OPEN)).state())
                .isEqualTo(FORCED_OPEN);
    }

    @Test
    void keepsTheLastFiftyTransitionsAndCountsAll() {
        CircuitBreaker breaker = breaker(settings -> settings);
        for (int i = 0; i < 30; i++) {
            breaker.disable();
            time.advance(Duration.ofSeconds(2));
            breaker.reset();
            time.advance(Duration.ofSeconds(1));
        }

        CircuitHistory history = breaker.history();

        assertThat(history.transitions()).hasSize(50);
        assertThat(history.transitions().get(0).to()).isEqualTo(CLOSED);
        assertThat(history.changes(CLOSED, DISABLED)).isEqualTo(30);
        assertThat(history.changes(DISABLED, CLOSED)).isEqualTo(30);
        assertThat(history.changes(CLOSED, OPEN)).isZero();
        assertThat(history.timeIn(DISABLED)).isEqualTo(Duration.ofSeconds(60));
        assertThat(history.timeIn(CLOSED)).isEqualTo(Duration.ofSeconds(30));
        assertThat(history.timeIn(OPEN)).isZero();
    }

    private CircuitBreaker in(CircuitState state) {
        CircuitBreaker breaker = switch (state) {
            case OPEN -> opened(settings -> settings);
            case HALF_OPEN -> halfOpen(settings -> settings);
            default -> breaker(settings -> settings.initialState(state));
        };
        assertThat(breaker.state()).isEqualTo(state);
        return breaker;
    }

    private CircuitBreaker breaker(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreakerConfig config =
                settings.apply(CircuitBreakerConfig.builder()).build();
        return CircuitBreaker.of("payments", config, time);
    }

    private CircuitBreaker opened(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreaker breaker = breaker(
                builder -> settings.apply(builder.tripper("failureStreak(1)").tracker(Tracker.all())));
        while (breaker.state() != OPEN) {
            fail(breaker);
        }
        return breaker;
    }

    private CircuitBreaker halfOpen(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreaker breaker = opened(builder -> settings.apply(builder.cooldown("fixed(5s)")));
        time.advance(Duration.ofSeconds(5));
        breaker.begin().ignore();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        return breaker;
    }

    private static void command(CircuitBreaker breaker, CircuitState target) {
        switch (target) {
            case CLOSED -> breaker.reset();
            case METRICS_ONLY -> breaker.metricsOnly();
            case DISABLED -> breaker.disable();
            case FORCED_OPEN -> breaker.forceOpen();
            case OPEN, HALF_OPEN -> throw new AssertionError(target);
        }
    }

    private static void fail(CircuitBreaker breaker) {
        breaker.begin().fail(new Exception("a failure"));
    }

    private static void succeedTimes(CircuitBreaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            breaker.begin().succeed();
        }
    }

    private void slowSuccess(CircuitBreaker breaker, Duration latency) {
        OngoingCall call = breaker.begin();
        time.advance(latency);
        call.succeed();
    }

    private static void assertRejected(CircuitBreaker breaker, CircuitState state) {
        assertThatExceptionOfType(CallNotPermittedException.class)
                .isThrownBy(breaker::begin)
                .satisfies(rejection -> assertThat(rejection.state()).isEqualTo(state));
    }
}
