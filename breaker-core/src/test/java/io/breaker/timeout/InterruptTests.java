package io.breaker.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.testing.ManualTime;
import io.breaker.testing.Threads;
import io.breaker.testing.Timers;
import io.breaker.testing.VirtualThreads;
import io.breaker.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who owns the interrupt flag: the timer of a call, that of a call around it, or somebody else. */
class InterruptTests {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(5);

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(Thread.interrupted()).isFalse();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void aFlagThatWasUpBeforeTheCallIsUpAfterwards() {
        Thread.currentThread().interrupt();
        timeout("payments", SHORT).run(() -> {});
        assertThat(Thread.interrupted()).isTrue();

        Thread.currentThread().interrupt();
        assertThat(catchThrowable(() -> timeout("payments", SHORT).run(() -> time.advance(SHORT))))
                .isInstanceOf(CallTimeoutException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptThatTheCallConsumedBeforeTheLimitDoesNotComeBack() {
        Thread.currentThread().interrupt();

        assertThat(catchThrowable(() -> timeout("payments", SHORT).run(() -> {
                    assertThat(Thread.interrupted()).isTrue();
                    time.advance(SHORT);
                })))
                .isInstanceOf(CallTimeoutException.class);

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptFromElsewhereThatTheCallSeesTogetherWithTheTimersIsNotLost() {
        Thread.currentThread().interrupt();

        assertThat(catchThrowable(() -> timeout("payments", SHORT).call(() -> {
                    time.advance(SHORT);
                    return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                })))
                .isInstanceOf(CallTimeoutException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptFromElsewhereComesOutAsItCame() {
        Timeout timeout = timeout("payments", SHORT);

        assertThat(catchThrowable(() -> timeout.call(() -> {
                    Thread.currentThread().interrupt();
                    return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                })))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();

        timeout.run(Thread.currentThread()::interrupt);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aMeasuredCallThatWasInterruptedTooLateKeepsTheFlag() {
        Timeout measuring = Timeout.of("files", TimeoutConfig.of(SHORT).withInterrupt(false), time, timers);

        assertThat(catchThrowable(() -> measuring.call(() -> {
                    time.advance(SHORT);
                    throw new InterruptedException("from elsewhere");
                })))
                .isInstanceOf(CallTimeoutException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theOuterTimeoutFiresThroughTheInnerCall() {
        AtomicReference<Throwable> between = new AtomicReference<>();

        Throwable thrown = catchThrowable(() -> timeout("outer", SHORT).call(() -> {
            between.set(catchThrowable(() -> timeout("inner", LONG).call(() -> {
                time.advance(SHORT);
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            })));
            throw (Exception) between.get();
        }));

        assertThat(between.get()).isInstanceOf(InterruptedException.class);
        assertTimedOut(thrown, "outer");
        assertThat(thrown).hasSuppressedException(between.get());
    }

    @Test
    void theInnerTimeoutLeavesTheOuterCallAlone() {
        timeout("outer", LONG).run(() -> {
            assertTimedOut(catchThrowable(() -> timeout("inner", SHORT).run(() -> time.advance(SHORT))), "inner");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 1, false", "1, 5, false", "5, 1, false", "1, 1, true", "1, 5, true", "5, 1, true"})
    void theInnerTimeoutDoesNotEatTheInterruptOfTheOuter(long outerLimit, long innerLimit, boolean foreign) {
        Timeout outer = timeout("outer", Duration.ofSeconds(outerLimit));
        Timeout inner = timeout("inner", Duration.ofSeconds(innerLimit));

        assertTimedOut(
                catchThrowable(() -> outer.run(() -> {
                    assertTimedOut(
                            catchThrowable(() -> inner.run(() -> {
                                if (foreign) {
                                    Thread.currentThread().interrupt();
                                }
                                time.advance(LONG);
                            })),
                            "inner");
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                })),
                "outer");
        assertThat(Thread.interrupted()).isEqualTo(foreign);
    }

    @Test
    void theInterruptOfTheOuterReachesWhatFollowsTheInnerCall() {
        Throwable thrown = catchThrowable(() -> timeout("outer", SHORT).call(() -> {
            catchThrowable(() -> timeout("inner", SHORT).call(() -> {
                time.advance(SHORT);
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            }));
            return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
        }));

        assertTimedOut(thrown, "outer");
        assertThat(thrown.getSuppressed()).hasExactlyElementsOfTypes(InterruptedException.class);
    }

    @Test
    void anInterruptFromElsewhereSurvivesAnInnerTimeout() {
        timeout("outer", LONG).run(() -> {
            Thread.currentThread().interrupt();
            catchThrowable(() -> timeout("inner", SHORT).run(() -> time.advance(SHORT)));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aTimerOnAnotherThreadInterruptsTheCaller() throws Exception {
        interruptsABlockedCaller(work -> new Thread(work).start());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aTimerInterruptsAVirtualThread() throws Exception {
        interruptsABlockedCaller(VirtualThreads::start);
    }

    private void interruptsABlockedCaller(Consumer<Runnable> threads) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        threads.accept(() -> {
            thrown.complete(catchThrowable(() -> timeout("payments", SHORT).call(() -> {
                begun.countDown();
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            })));
            flag.complete(Thread.currentThread().isInterrupted());
        });

        begun.await();
        time.advance(SHORT);

        assertTimedOut(thrown.get(1, TimeUnit.MINUTES), "payments");
        assertThat(flag.get(1, TimeUnit.MINUTES)).isFalse();
    }

    @Test
    void aCallThatEndsWhileItsTimerFiresIsNeverInterruptedAfterwards() {
        int calls = 50_000;
        AtomicReference<Runnable> armed = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        Scheduler racing = (task, delay) -> {
            armed.set(task);
            return () -> false;
        };
        Timeout timeout = Timeout.of("racing", TimeoutConfig.of(SHORT), time, racing);

        Threads.run(2, thread -> {
            if (thread == 0) {
                int timedOut = 0;
                for (int i = 0; i < calls; i++) {
                    timedOut += catchThrowable(() -> timeout.run(Thread::onSpinWait)) == null ? 0 : 1;
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                }
                over.set(true);
                assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(calls - timedOut, timedOut));
            } else {
                while (!over.get()) {
                    Runnable task = armed.getAndSet(null);
                    if (task != null) {
                        task.run();
                    }
                }
            }
        });
    }

    @Test
    void twoTimersThatFireAtOnceLeaveNoFlag() {
        AtomicReference<Runnable> outerTimer = new AtomicReference<>();
        AtomicReference<Runnable> innerTimer = new AtomicReference<>();
        Timeout outer = Timeout.of("outer", TimeoutConfig.of(SHORT), time, armedIn(outerTimer));
        Timeout inner = Timeout.of("inner", TimeoutConfig.of(SHORT), time, armedIn(innerTimer));
        AtomicBoolean over = new AtomicBoolean();

        Threads.run(3, thread -> {
            if (thread == 0) {
                for (int i = 0; i < 20_000; i++) {
                    catchThrowable(() -> outer.run(() -> {
                        catchThrowable(() -> inner.run(Thread::onSpinWait));
                        Thread.onSpinWait();
                    }));
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                }
                over.set(true);
                return;
            }
            AtomicReference<Runnable> armed = thread == 1 ? outerTimer : innerTimer;
            while (!over.get()) {
                Runnable task = armed.getAndSet(null);
                if (task != null) {
                    task.run();
                }
            }
        });
    }

    private static Scheduler armedIn(AtomicReference<Runnable> armed) {
        return (task, delay) -> {
            armed.set(task);
            return () -> false;
        };
    }

    private Timeout timeout(String name, Duration limit) {
        return Timeout.of(name, TimeoutConfig.of(limit), time, timers);
    }

    private static void assertTimedOut(Throwable thrown, String name) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timedOut -> assertThat(timedOut.timeoutName()).isEqualTo(name));
    }
}
