package io.breaker.circuitbreaker;

import static io.breaker.circuitbreaker.CircuitState.CLOSED;
import static io.breaker.circuitbreaker.CircuitState.HALF_OPEN;
import static io.breaker.circuitbreaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.permit.Permit;
import io.breaker.circuitbreaker.permit.PermitContext;
import io.breaker.testing.LogCapture;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What happens to the probes of a HALF_OPEN. */
class ProbeTests {

    private final ManualTime time = new ManualTime();

    @Test
    void admitsThreeProbesAtATimeByDefault() {
        CircuitBreaker breaker = halfOpen(settings -> settings);
        breaker.begin();
        breaker.begin();
        OngoingCall third = breaker.begin();
        assertRejected(breaker);

        third.ignore();

        breaker.begin();
        assertRejected(breaker);
        assertThat(breaker.snapshot().totals().rejected()).isEqualTo(2);
    }

    @Test
    void everyEndOfACallGivesItsPlaceBack() {
        CircuitBreaker breaker = halfOpen(settings -> settings.permit("concurrent(1)")
                .tripper("(closed & failureStreak(1)) | (halfOpened & failureStreak(100))")
                .tracker("!typeOf(java.lang.IllegalStateException)")
                .successThreshold(100));

        for (int i = 0; i < 10; i++) {
            breaker.begin().succeed();
            breaker.begin().fail(new Exception("tracked"));
            breaker.begin().fail(new IllegalStateException("ignored"));
            breaker.begin().ignore();
            assertThatThrownBy(() -> breaker.run(() -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
        }

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.begin()).isNotNull();
    }

    @Test
    void aPermitSeesTheOtherProbesOnlyAndIsAskedOncePerCall() {
        List<Integer> seen = new ArrayList<>();
        CircuitBreaker breaker = halfOpen(settings -> settings.permit(context -> {
            seen.add(context.inFlight());
            return context.inFlight() < 2;
        }));
        seen.clear();

        breaker.begin();
        breaker.begin();
        assertRejected(breaker);
        assertRejected(breaker);

        assertThat(seen).containsExactly(0, 1, 2, 2);
    }

    @Test
    void aRefusalOfOnePartOfAPermitGivesThePlaceBack() {
        List<Boolean> answers = new ArrayList<>(List.of(true, false, false, true));
        Permit custom = context -> answers.remove(0);
        CircuitBreaker breaker =
                halfOpen(settings -> settings.permit(Permit.concurrent(1).and(custom)));

        assertRejected(breaker);
        assertRejected(breaker);
        breaker.begin();

        assertThat(answers).isEmpty();
    }

    @Test
    void theCallThatBeginsHalfOpenIsTheFirstToAskEvenIfAListenerCallsToo() {
        CircuitBreaker breaker = CircuitBreaker.of(
                "payments",
                CircuitBreakerConfig.builder()
                        .tripper("failureStreak(1)")
                        .cooldown("none")
                        .permit("concurrent(1)")
                        .build(),
                time);
        fail(breaker);
        breaker.onEvent(CircuitBreakerEvent.StateChanged.class, event -> assertRejected(breaker));

        OngoingCall probe = breaker.begin();

        assertThat(probe).isNotNull();
        assertThat(breaker.snapshot().totals().rejected()).isEqualTo(1);
    }

    @Test
    void aPermitWhoseRampThrowsHasNone() {
        Permit permit = new Permit() {
            @Override
            public boolean admits(PermitContext context) {
                return true;
            }

            @Override
            public Duration ramp() {
                throw new IllegalStateException("defect");
            }
        };
        CircuitBreaker breaker = halfOpen(settings -> settings.permit(permit).successThreshold(1));

        breaker.begin().succeed();

        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void warnsOfAProbeThatSucceedsWhileTheReopeningIsStillBeingTold() {
        CircuitBreaker breaker = halfOpen(settings -> settings.probeTimeout(Duration.ofSeconds(30)));
        OngoingCall probe = breaker.begin();
        breaker.onEvent(CircuitBreakerEvent.StateChanged.class, event -> probe.succeed());
        time.advance(Duration.ofSeconds(30));

        try (LogCapture log = LogCapture.of(CircuitBreaker.class)) {
            assertRejected(breaker);

            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void aPermitLearnsHowLongHalfOpenHasLasted() {
        List<Duration> elapsed = new ArrayList<>();
        CircuitBreaker breaker = halfOpen(settings -> settings.permit(context -> {
            elapsed.add(context.elapsed());
            return true;
        }));

        time.advance(Duration.ofSeconds(7));
        breaker.begin();

        assertThat(elapsed).containsExactly(Duration.ZERO, Duration.ofSeconds(7));
    }

    @Test
    void reopensWhenNoProbeComesBackInTime() {
        CircuitBreaker breaker = halfOpen(settings -> settings.probeTimeout(Duration.ofSeconds(30)));
        breaker.begin();
        time.advance(Duration.ofSeconds(10));
        breaker.begin();
        time.advance(Duration.ofSeconds(20).minusNanos(1));
        breaker.begin();
        time.advance(Duration.ofNanos(1));
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);

        assertRejected(breaker);

        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.snapshot().reopens()).isEqualTo(1);
        assertThat(breaker.history().transitions().get(0).reason())
                .isEqualTo("no probe came back for 30s (probe timeout 30s)");
        assertThat(breaker.snapshot().totals().rejected()).isEqualTo(1);
    }

    @Test
    void rejectsTheCallThatFindsTheSilenceEvenWithoutACooldown() {
        CircuitBreaker breaker = halfOpen(
                settings -> settings.probeTimeout(Duration.ofSeconds(30)).cooldown("none"));
        breaker.begin();
        time.advance(Duration.ofSeconds(30));

        assertRejected(breaker);

        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void doesNotReopenWhileProbesComeBack() {
        CircuitBreaker breaker = halfOpen(
                settings -> settings.probeTimeout(Duration.ofSeconds(30)).successThreshold(10));
        breaker.begin();
        for (int i = 0; i < 5; i++) {
            time.advance(Duration.ofSeconds(20));
            breaker.begin().succeed();
        }

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    }

    @Test
    void reopensWhenProbesHangAfterOthersHadComeBack() {
        CircuitBreaker breaker = halfOpen(settings -> settings.probeTimeout(Duration.ofSeconds(30)));
        breaker.begin();
        breaker.begin().succeed();
        time.advance(Duration.ofSeconds(1));
        breaker.begin();
        breaker.begin();
        assertRejected(breaker);

        time.advance(Duration.ofSeconds(30));
        assertRejected(breaker);

        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void waitsForEverWithoutAProbeTimeout() {
        CircuitBreaker breaker =
                halfOpen(settings -> settings.probeTimeout(Duration.ZERO).permit("concurrent(1)"));
        breaker.begin();
        time.advance(Duration.ofDays(100));

        assertRejected(breaker);

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    }

    @Test
    void warnsOnceOfAProbeThatSucceedsAfterTheCircuitWasReopenedForIt() {
        CircuitBreaker breaker = halfOpen(settings -> settings.probeTimeout(Duration.ofSeconds(30)));
        OngoingCall slow = breaker.begin();
        OngoingCall slower = breaker.begin();
        time.advance(Duration.ofSeconds(40));
        assertRejected(breaker);

        try (LogCapture log = LogCapture.of(CircuitBreaker.class)) {
            slow.succeed();
            slower.succeed();

            assertThat(log.messages())
                    .containsExactly(
                            "circuit breaker 'payments': a probe succeeded after 40s, when the circuit had"
                                    + " been opened again for it; probe-timeout is 30s and must exceed the slowest healthy call");
        }
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.snapshot().totals().succeeded()).isEqualTo(2);
    }

    @Test
    void anOutcomeOfAnEarlierStayNeitherOpensClosesNorPollutesALaterOne() {
        CircuitBreaker breaker = CircuitBreaker.of(
                "payments",
                CircuitBreakerConfig.builder()
                        .tripper("failureStreak(2)")
                        .cooldown("fixed(5s)")
                        .successThreshold(2)
                        .build(),
                time);
        List<OngoingCall> ofClosed = List.of(breaker.begin(), breaker.begin(), breaker.begin(), breaker.begin());
        fail(breaker);
        fail(breaker);
        time.advance(Duration.ofSeconds(5));
        OngoingCall probe = breaker.begin();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);

        ofClosed.get(0).succeed();
        ofClosed.get(1).succeed();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.snapshot().probeSuccesses()).isZero();
        ofClosed.get(2).fail(new Exception());
        ofClosed.get(3).fail(new Exception());
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.snapshot().stats().total()).isZero();

        probe.succeed();
        breaker.begin().succeed();
        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::succeeded, CallTotals::failed)
                .containsExactly(4L, 4L);
    }

    @Test
    void aStepOfTheWallClockChangesNothing() {
        CircuitBreaker breaker = halfOpen(settings -> settings.window("time(60s)"));
        time.stepWallClock(Duration.ofDays(-2));
        breaker.begin().succeed();
        time.stepWallClock(Duration.ofDays(5));
        breaker.begin().succeed();

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.snapshot().stats().total()).isEqualTo(2);
        breaker.begin().succeed();
        assertThat(breaker.state()).isEqualTo(CLOSED);
        fail(breaker);
        Duration left = breaker.snapshot().retryAfter().orElseThrow();
        time.stepWallClock(Duration.ofDays(-1));
        assertThat(breaker.snapshot().retryAfter()).contains(left);
    }

    private CircuitBreaker halfOpen(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreakerConfig.Builder builder =
                CircuitBreakerConfig.builder().tripper("failureStreak(1)").cooldown("fixed(5s)");
        CircuitBreaker breaker =
                CircuitBreaker.of("payments", settings.apply(builder).build(), time);
        while (breaker.state() != OPEN) {
            fail(breaker);
        }
        time.advance(Duration.ofSeconds(5));
        breaker.begin().ignore();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        return breaker;
    }

    private static void fail(CircuitBreaker breaker) {
        breaker.begin().fail(new Exception("a failure"));
    }

    private static void assertRejected(CircuitBreaker breaker) {
        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(breaker::begin);
    }
}
