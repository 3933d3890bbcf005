package io.breaker.circuitbreaker;

import static io.breaker.circuitbreaker.CircuitState.CLOSED;
import static io.breaker.circuitbreaker.CircuitState.HALF_OPEN;
import static io.breaker.circuitbreaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.testing.ManualTime;
import io.breaker.testing.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Defects that were reproduced in other circuit breakers: none of them may happen here. */
class RivalDefectsTests {

    private final ManualTime time = new ManualTime();

    @Test
    void anErrorGivesTheProbeBackSynchronouslyAndAsynchronously() {
        CircuitBreaker breaker = halfOpen(settings -> settings.tracker("!typeOf(java.lang.Error)"));

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> breaker.run(() -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
            breaker.callAsync(() -> CompletableFuture.failedFuture(new NoClassDefFoundError()));
            breaker.callAsync(() -> {
                throw new ExceptionInInitializerError();
            });
        }
        succeed(breaker, 3);

        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void callsThatNobodyEverEndsDoNotWedgeAHalfOpen() {
        CircuitBreaker breaker = halfOpen(settings -> settings);
        breaker.begin();
        breaker.callAsync(CompletableFuture::new);
        breaker.begin();
        assertThatThrownBy(breaker::begin).isInstanceOf(CallNotPermittedException.class);

        time.advance(Duration.ofSeconds(60));
        assertThatThrownBy(breaker::begin).isInstanceOf(CallNotPermittedException.class);
        assertThat(breaker.state()).isEqualTo(OPEN);
        time.advance(Duration.ofSeconds(5));
        succeed(breaker, 3);

        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void resultsOfCallsOfAnEarlierStateAreNotCountedInALaterOne() {
        CircuitBreaker breaker = breaker(settings -> settings);
        List<OngoingCall> old =
                IntStream.range(0, 10).mapToObj(i -> breaker.begin()).toList();
        fail(breaker);
        time.advance(Duration.ofSeconds(5));
        OngoingCall probe = breaker.begin();

        old.subList(0, 5).forEach(OngoingCall::succeed);
        old.subList(5, 10).forEach(OngoingCall::ignore);

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.snapshot().probeSuccesses()).isZero();
        // The ignored ones gave back no place that was not theirs: two more probes fit, and no third.
        breaker.begin();
        breaker.begin();
        assertThatThrownBy(breaker::begin).isInstanceOf(CallNotPermittedException.class);
        probe.succeed();
        assertThat(breaker.snapshot().probeSuccesses()).isEqualTo(1);
    }

    @Test
    void aStepBackOfTheWallClockLeavesATimeWindowWhole() {
        CircuitBreaker breaker =
                breaker(settings -> settings.window("time(60s)").tripper("failureStreak(5000)"));
        succeed(breaker, 500);
        time.stepWallClock(Duration.ofHours(-1));
        succeed(breaker, 500);
        time.advance(Duration.ofSeconds(30));

        assertThat(breaker.snapshot().stats().total()).isEqualTo(1_000);
    }

    @Test
    void noCallOfTheInterfacePutsABreakerIntoAStateItCannotLeave() {
        assertThatIllegalArgumentException().isThrownBy(() -> StateOverride.to(OPEN));
        assertThatIllegalArgumentException().isThrownBy(() -> StateOverride.to(HALF_OPEN));
    }

    @Test
    void aHalfOpenReopensBeforeAllItsProbesAreBack() {
        CircuitBreaker breaker = halfOpen(settings -> settings.permit("concurrent(10)"));
        List<OngoingCall> probes =
                IntStream.range(0, 10).mapToObj(i -> breaker.begin()).toList();

        probes.get(0).fail(new Exception());

        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void oldFailuresInATimeWindowDoNotOpenAnIdleBreaker() {
        CircuitBreaker breaker =
                breaker(settings -> settings.window("time(60s)").tripper("minRequests(2) & failureRate(0.5)"));
        fail(breaker);
        time.advance(Duration.ofDays(2));

        breaker.begin().succeed();
        fail(breaker);

        assertThat(breaker.snapshot().stats().failures()).isEqualTo(1);
        assertThat(breaker.snapshot().stats().total()).isEqualTo(2);
    }

    @RepeatedTest(200)
    void aRejectionAtTheTurnToHalfOpenIsCountedAndToldOnce() {
        CircuitBreaker breaker = breaker(settings -> settings.permit("concurrent(1)"));
        fail(breaker);
        time.advance(Duration.ofSeconds(5));
        LongAdder told = new LongAdder();
        LongAdder thrown = new LongAdder();
        breaker.onEvent(CircuitBreakerEvent.Rejected.class, event -> told.increment());

        Threads.run(4, thread -> {
            try {
                breaker.begin();
            } catch (CallNotPermittedException rejection) {
                thrown.increment();
            }
        });

        assertThat(thrown.sum()).isEqualTo(3);
        assertThat(told.sum()).isEqualTo(3);
        assertThat(breaker.snapshot().totals().rejected()).isEqualTo(3);
    }

    @Test
    void rejectionsOfAForcedOpenAndCallsOfADisabledBreakerAreCounted() {
        CircuitBreaker breaker = breaker(settings -> settings);
        breaker.forceOpen();
        assertThatThrownBy(breaker::begin).isInstanceOf(CallNotPermittedException.class);
        breaker.disable();
        succeed(breaker, 2);

        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::rejected, CallTotals::succeeded)
                .containsExactly(1L, 2L);
    }

    @Test
    void aCompletionExceptionWithoutACauseSettlesTheCall() {
        CircuitBreaker breaker = halfOpen(settings -> settings);

        breaker.callAsync(() -> CompletableFuture.failedFuture(new CompletionException("bare", null)));

        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void aTimeWindowMayBeShorterThanASecond() {
        CircuitBreaker breaker =
                breaker(settings -> settings.window("time(10ms)").tripper("failureCount(2)"));
        fail(breaker);
        time.advance(Duration.ofMillis(10));
        fail(breaker);
        assertThat(breaker.state()).isEqualTo(CLOSED);

        time.advance(Duration.ofMillis(9));
        fail(breaker);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void askingForTheStateEatsNoProbe() {
        CircuitBreaker breaker = halfOpen(settings -> settings.permit("concurrent(1)"));
        for (int i = 0; i < 10; i++) {
            breaker.state();
            breaker.snapshot();
            breaker.history();
        }

        assertThat(breaker.begin()).isNotNull();
    }

    private CircuitBreaker breaker(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreakerConfig.Builder builder =
                CircuitBreakerConfig.builder().tripper("failureStreak(1)").cooldown("fixed(5s)");
        return CircuitBreaker.of("payments", settings.apply(builder).build(), time);
    }

    private CircuitBreaker halfOpen(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreaker breaker = breaker(settings);
        fail(breaker);
        time.advance(Duration.ofSeconds(5));
        breaker.begin().ignore();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        return breaker;
    }

    private static void fail(CircuitBreaker breaker) {
        breaker.begin().fail(new Exception());
    }

    private static void succeed(CircuitBreaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            breaker.begin().succeed();
        }
    }
}
