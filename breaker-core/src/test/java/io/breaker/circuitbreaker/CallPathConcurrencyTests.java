package io.breaker.circuitbreaker;

import static io.breaker.circuitbreaker.CircuitState.METRICS_ONLY;
import static io.breaker.circuitbreaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.circuitbreaker.CircuitBreakerEvent.WouldOpen;
import io.breaker.circuitbreaker.tripper.TripContext;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Threads;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every call counts, and what its figures lead to, when many threads call at once. */
class CallPathConcurrencyTests {

    private static final int THREADS = 8;
    private static final int CALLS = 4_000;
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "count(1); failureCount(1000000)",
                "count(7); failureCount(1000000) & slowRate(1.0, 1s)",
                "count(64); failureCount(1000000) & avgLatency(1s)",
                "count(1000); failureCount(1000000) & !slowRate(0.5, 1s)",
                "time(60s); failureCount(1000000)",
                "time(60s); failureCount(1000000) & avgLatency(1s) & slowRate(0.5, 1s)"
            })
    void isExactAtRestWhateverWasCommandedMeanwhile(String window, String tripper) {
        CircuitBreaker breaker = breaker(settings ->
                settings.window(window).tripper(tripper).tracker("!typeOf(java.lang.IllegalStateException)"));
        AtomicLongArray made = new AtomicLongArray(4);

        Threads.run(THREADS, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < CALLS; i++) {
                command(breaker, random.nextInt(2_000));
                if (random.nextInt(50) == 0) {
                    time.advance(Duration.ofMillis(random.nextInt(400)));
                }
                make(breaker, made, random.nextInt(8));
            }
        });

        assertTotals(breaker, made);
        breaker.reset();
        assertKnownCallsAreInTheWindow(breaker, made);
        // Once more over a ring that is full.
        assertKnownCallsAreInTheWindow(breaker, made);
        assertTotals(breaker, made);
    }

    private static void command(CircuitBreaker breaker, int command) {
        switch (command) {
            case 0 -> breaker.reset();
            case 1 -> breaker.metricsOnly();
            case 2 -> breaker.disable();
            case 3 -> breaker.reconfigure(breaker.config());
            case 4 -> breaker.snapshot();
            case 5 -> breaker.forceOpen();
            case 6, 7, 8, 9, 10, 11, 12, 13 -> {
                if (breaker.state() == CircuitState.FORCED_OPEN) {
                    breaker.reset();
                }
            }
            default -> {}
        }
    }

    private static void make(CircuitBreaker breaker, AtomicLongArray made, int kind) {
        OngoingCall call;
        try {
            call = breaker.begin();
        } catch (CallNotPermittedException rejection) {
            made.incrementAndGet(3);
            return;
        }
        switch (kind) {
            case 0, 1 -> {
                call.fail(new Exception());
                made.incrementAndGet(1);
            }
            case 2 -> {
                call.fail(new IllegalStateException());
                made.incrementAndGet(2);
            }
            default -> {
                call.succeed();
                made.incrementAndGet(0);
            }
        }
    }

    private static void assertTotals(CircuitBreaker breaker, AtomicLongArray made) {
        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::succeeded, CallTotals::failed, CallTotals::ignored, CallTotals::rejected)
                .containsExactly(made.get(0), made.get(1), made.get(2), made.get(3));
    }

    /** A thousand calls of which the last hundred tell whether the window is exact, whatever its size. */
    private void assertKnownCallsAreInTheWindow(CircuitBreaker breaker, AtomicLongArray made) {
        time.advance(Duration.ofMinutes(2));
        long capacity = Math.min(breaker.config().window().capacity(), 1_000);
        for (int i = 0; i < 1_000; i++) {
            OngoingCall call = breaker.begin();
            if (i % 500 == 499) {
                time.advance(SLOW);
            }
            if (i % 10 == 9) {
                call.fail(new Exception());
            } else {
                call.succeed();
            }
            made.incrementAndGet(i % 10 == 9 ? 1 : 0);
        }
        CircuitSnapshot atRest = breaker.snapshot();
        assertThat(atRest.stats().total()).isEqualTo(capacity);
        assertThat(atRest.stats().failures()).isEqualTo(capacity / 10 + (capacity % 10 == 0 ? 0 : 1));
        assertThat(atRest.failureStreak()).isEqualTo(1);
        atRest.stats().slow().forEach((threshold, slow) -> assertThat(slow).isEqualTo(capacity == 1_000 ? 2 : 1));
        atRest.stats()
                .meanLatency()
                .ifPresent(mean ->
                        assertThat(mean).isEqualTo(capacity == 1_000 ? SLOW.dividedBy(500) : SLOW.dividedBy(capacity)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failureCount(40)",
                "minRequests(100) & failureRate(0.3)",
                "minRequests(100) & failureRate(0.1) & !failureRate(0.9)",
                "minRequests(100) & !failureRate(0.9)"
            })
    void opensOnceWhateverTheOrderOfTheCalls(String tripper) {
        for (int round = 0; round < 50; round++) {
            CircuitBreaker breaker =
                    breaker(settings -> settings.window("count(1000)").tripper(tripper));
            List<StateChanged> events = new CopyOnWriteArrayList<>();
            breaker.onEvent(StateChanged.class, events::add);

            Threads.run(THREADS, thread -> {
                for (int i = 0; i < 20; i++) {
                    OngoingCall call = beginOrNull(breaker);
                    if (call != null && i % 2 == thread % 2) {
                        call.fail(new Exception());
                    } else if (call != null) {
                        call.succeed();
                    }
                }
            });

            assertThat(events).extracting(StateChanged::to).containsExactly(OPEN);
            assertThat(breaker.state()).isEqualTo(OPEN);
        }
    }

    /** The last of the calls that are waited for is a success while another thread reads. */
    @RepeatedTest(3)
    void opensWithTheLastOfTheCallsItWaitedForWhileOthersLook() {
        for (int round = 0; round < 50; round++) {
            CircuitBreaker breaker = breaker(settings -> settings.tripper("minRequests(40) & failureRate(0.1)"));
            for (int i = 0; i < 10; i++) {
                breaker.begin().fail(new Exception());
            }
            AtomicInteger running = new AtomicInteger(2);

            Threads.run(3, thread -> {
                if (thread == 2) {
                    while (running.get() > 0) {
                        breaker.snapshot();
                    }
                    return;
                }
                for (int i = 0; i < 15; i++) {
                    OngoingCall call = beginOrNull(breaker);
                    if (call != null) {
                        call.succeed();
                    }
                }
                running.decrementAndGet();
            });

            assertThat(breaker.state()).isEqualTo(OPEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failureCount(1)",
                "failureStreak(1)",
                "minRequests(1) & !failureStreak(1)",
                "!failureCount(1)",
                "failureRate(0.3) & !failureRate(0.9)",
                "failureRate(0.3) | avgLatency(1s)",
                "bean"
            })
    void metricsOnlyKnowsAtRestWhetherTheTripperHoldsWhileOthersLook(String text) {
        Tripper tripper =
                Tripper.parse(text, Tripper.vocabulary().with("bean", context -> context.failures() % 2 == 1));
        for (int round = 0; round < 60; round++) {
            String window = round % 3 == 0 ? "count(1)" : round % 3 == 1 ? "count(3)" : "time(60s)";
            CircuitBreaker breaker =
                    breaker(settings -> settings.window(window).tripper(tripper).initialState(METRICS_ONLY));
            AtomicInteger running = new AtomicInteger(3);
            AtomicInteger events = new AtomicInteger();
            breaker.onEvent(WouldOpen.class, event -> events.incrementAndGet());
            int seed = round;

            Threads.run(4, thread -> {
                if (thread == 3) {
                    while (running.get() > 0) {
                        breaker.snapshot();
                    }
                    return;
                }
                Random random = new Random(seed * 3L + thread);
                for (int i = 0; i < 100; i++) {
                    // Seldom enough that the window is clean in between.
                    if (random.nextInt(6) == 0) {
                        breaker.begin().fail(new Exception());
                    } else {
                        breaker.begin().succeed();
                    }
                }
                running.decrementAndGet();
            });

            CircuitSnapshot atRest = breaker.snapshot();
            boolean holds = tripper.trips(TripContext.of(atRest.stats(), false, atRest.failureStreak(), 3));
            assertThat(atRest.wouldOpen()).as("%s on %s", tripper, atRest).isEqualTo(holds);
            assertThat(breaker.history().wouldOpens()).isEqualTo(events.get());
        }
    }

    private static @Nullable OngoingCall beginOrNull(CircuitBreaker breaker) {
        try {
            return breaker.begin();
        } catch (CallNotPermittedException rejection) {
            return null;
        }
    }

    private CircuitBreaker breaker(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        return CircuitBreaker.of(
                "payments", settings.apply(CircuitBreakerConfig.builder()).build(), time);
    }
}
