package io.breaker.circuitbreaker;

import static io.breaker.circuitbreaker.CircuitState.CLOSED;
import static io.breaker.circuitbreaker.CircuitState.HALF_OPEN;
import static io.breaker.circuitbreaker.CircuitState.METRICS_ONLY;
import static io.breaker.circuitbreaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Threads;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What holds when real threads meet at one breaker. */
class ConcurrencyTests {

    private static final int THREADS = 8;

    private final ManualTime time = new ManualTime();

    @RepeatedTest(10)
    void totalsAreExactAtRest() {
        CircuitBreaker breaker = breaker(settings ->
                settings.tripper("failureCount(1000000)").tracker("!typeOf(java.lang.IllegalStateException)"));

        Threads.run(THREADS, thread -> {
            for (int i = 0; i < 3_000; i++) {
                OngoingCall call = breaker.begin();
                switch (i % 3) {
                    case 0 -> call.succeed();
                    case 1 -> call.fail(new Exception());
                    default -> call.fail(new IllegalStateException());
                }
            }
        });

        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::succeeded, CallTotals::failed, CallTotals::ignored, CallTotals::rejected)
                .containsExactly(THREADS * 1_000L, THREADS * 1_000L, THREADS * 1_000L, 0L);
        assertThat(breaker.snapshot().stats().total()).isEqualTo(100);
    }

    @RepeatedTest(50)
    void opensOnceWithOneEventAndOneCooldownHoweverManyThreadsSeeTheReason() {
        AtomicInteger cooldowns = new AtomicInteger();
        CircuitBreaker breaker = breaker(settings -> settings.tripper("minRequests(20) & failureRate(0.5)")
                .cooldown(context -> {
                    cooldowns.incrementAndGet();
                    return Duration.ofSeconds(5);
                }));
        List<StateChanged> events = new CopyOnWriteArrayList<>();
        breaker.onEvent(StateChanged.class, events::add);
        LongAdder admitted = new LongAdder();
        LongAdder rejected = new LongAdder();

        Threads.run(THREADS, thread -> {
            for (int i = 0; i < 200; i++) {
                try {
                    OngoingCall call = breaker.begin();
                    admitted.increment();
                    call.fail(new Exception());
                } catch (CallNotPermittedException rejection) {
                    rejected.increment();
                }
            }
        });

        assertThat(events).extracting(StateChanged::to).containsExactly(OPEN);
        assertThat(cooldowns).hasValue(1);
        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::failed, CallTotals::rejected)
                .containsExactly(admitted.sum(), rejected.sum());
    }

    @RepeatedTest(50)
    void opensWithTheLastOfTheCallsItWaitedFor() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("minRequests(80) & failureRate(0.5)"));

        Threads.run(THREADS, thread -> {
            for (int i = 0; i < 10; i++) {
                OngoingCall call = breaker.begin();
                if (thread % 2 == 0) {
                    call.succeed();
                } else {
                    call.fail(new Exception());
                }
            }
        });

        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.snapshot().stats())
                .extracting(stats -> stats.total(), stats -> stats.failures())
                .containsExactly(80L, 40L);
    }

    @RepeatedTest(50)
    void turnsHalfOpenOnceAndCountsEachRejectionOnce() {
        CircuitBreaker breaker = open(settings -> settings.permit("concurrent(2)"));
        List<StateChanged> events = new CopyOnWriteArrayList<>();
        breaker.onEvent(StateChanged.class, events::add);
        LongAdder rejectedEvents = new LongAdder();
        breaker.onEvent(CircuitBreakerEvent.Rejected.class, event -> rejectedEvents.increment());
        LongAdder thrown = new LongAdder();
        LongAdder admitted = new LongAdder();

        Threads.run(THREADS, thread -> {
            for (int i = 0; i < 20; i++) {
                try {
                    breaker.begin();
                    admitted.increment();
                } catch (CallNotPermittedException rejection) {
                    thrown.increment();
                }
            }
        });

        assertThat(events).extracting(StateChanged::to).containsExactly(HALF_OPEN);
        assertThat(admitted.sum()).isBetween(1L, 2L);
        assertThat(breaker.snapshot().totals().rejected())
                .isEqualTo(thrown.sum())
                .isEqualTo(rejectedEvents.sum());
    }

    @RepeatedTest(10)
    void neverHasMoreProbesOutThanThePermitAllows() {
        CircuitBreaker breaker =
                open(settings -> settings.permit("concurrent(3) & random(0.9)").successThreshold(1_000_000));
        AtomicInteger out = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        Threads.run(THREADS, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 5_000; i++) {
                try {
                    OngoingCall call = breaker.begin();
                    most.accumulateAndGet(out.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    out.decrementAndGet();
                    if (random.nextBoolean()) {
                        call.succeed();
                    } else {
                        call.ignore();
                    }
                } catch (CallNotPermittedException rejection) {
                    Thread.yield();
                }
            }
        });

        assertThat(most.get()).isBetween(1, 3);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        // Every place came back.
        for (int i = 0; i < 3; i++) {
            OngoingCall probe = beginWhenChanceAllows(breaker);
            assertThat(probe).isNotNull();
        }
    }

    @RepeatedTest(20)
    void closesOnceAfterTheProbesOfManyThreads() {
        CircuitBreaker breaker = open(settings -> settings.permit("all").successThreshold(5));
        List<StateChanged> events = new CopyOnWriteArrayList<>();
        breaker.onEvent(StateChanged.class, events::add);

        Threads.run(THREADS, thread -> {
            for (int i = 0; i < 50; i++) {
                breaker.begin().succeed();
            }
        });

        // Two threads tell two events in either order; the history has the order of the changes.
        assertThat(events).extracting(StateChanged::to).containsExactlyInAnyOrder(HALF_OPEN, CLOSED);
        assertThat(breaker.history().transitions()).extracting(Transition::to).containsExactly(CLOSED, HALF_OPEN, OPEN);
        assertThat(breaker.snapshot().totals().succeeded()).isEqualTo(THREADS * 50L);
    }

    @RepeatedTest(20)
    void commandsFromManyThreadsEachLeaveOneTransition() {
        CircuitBreaker breaker = breaker(settings -> settings);
        List<StateChanged> events = new CopyOnWriteArrayList<>();
        breaker.onEvent(StateChanged.class, events::add);

        Threads.run(THREADS, thread -> {
            for (int i = 0; i < 25; i++) {
                if (thread % 2 == 0) {
                    breaker.forceOpen();
                } else {
                    breaker.reset();
                }
            }
        });

        CircuitHistory history = breaker.history();
        assertThat(events).hasSize(THREADS * 25);
        assertThat(history.changes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(THREADS * 25L);
        // Each transition starts where the one before it ended.
        List<Transition> newestFirst = history.transitions();
        for (int i = 0; i + 1 < newestFirst.size(); i++) {
            assertThat(newestFirst.get(i).from())
                    .isEqualTo(newestFirst.get(i + 1).to());
        }
    }

    @RepeatedTest(20)
    void metricsOnlyKnowsAtRestWhetherTheTripperHolds() {
        CircuitBreaker breaker = breaker(settings ->
                settings.window("count(10)").tripper("failureRate(0.5)").initialState(METRICS_ONLY));

        Threads.run(THREADS, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 2_000; i++) {
                OngoingCall call = breaker.begin();
                if (random.nextBoolean()) {
                    call.succeed();
                } else {
                    call.fail(new Exception());
                }
            }
        });

        CircuitSnapshot atRest = breaker.snapshot();
        assertThat(atRest.wouldOpen()).isEqualTo(atRest.stats().failures() >= 5);
    }

    @RepeatedTest(5)
    void losesNoCallWhileItIsReconfigured() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("failureCount(1000000)"));

        Threads.run(THREADS, thread -> {
            for (int i = 0; i < 1_000; i++) {
                if (thread == 0) {
                    breaker.reconfigure(breaker.config().toBuilder()
                            .window(i % 2 == 0 ? "time(60s)" : "count(50)")
                            .build());
                } else {
                    breaker.run(() -> {});
                }
            }
        });

        assertThat(breaker.snapshot().totals().succeeded()).isEqualTo((THREADS - 1) * 1_000L);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.history().transitions()).isEmpty();
    }

    @Test
    void aListenerMayCommandTheBreakerThatTellsIt() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("failureStreak(1)"));
        breaker.onEvent(StateChanged.class, event -> {
            if (event.to() == OPEN) {
                breaker.metricsOnly();
            }
        });

        breaker.begin().fail(new Exception());

        assertThat(breaker.state()).isEqualTo(METRICS_ONLY);
    }

    private static OngoingCall beginWhenChanceAllows(CircuitBreaker breaker) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try {
                return breaker.begin();
            } catch (CallNotPermittedException refusedByChance) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("a probe place was lost");
    }

    private CircuitBreaker breaker(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        return CircuitBreaker.of(
                "payments", settings.apply(CircuitBreakerConfig.builder()).build(), time);
    }

    private CircuitBreaker open(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreaker breaker = breaker(
                builder -> settings.apply(builder.tripper("failureStreak(1)").cooldown("fixed(5s)")));
        breaker.begin().fail(new Exception());
        time.advance(Duration.ofSeconds(5));
        return breaker;
    }
}
