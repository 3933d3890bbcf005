package io.breaker.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.testing.ManualTime;
import io.breaker.testing.Threads;
import io.breaker.testing.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Many threads at once: the limit holds, the order holds, nobody is forgotten and everything adds up. */
class BulkheadStressTests {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);

    @RepeatedTest(5)
    void theLimitHoldsAndEveryCallIsMadeOrRejected() {
        int limit = 3;
        int threads = 16;
        int calls = 2_000;
        Bulkhead bulkhead = Bulkhead.of("payments", new BulkheadConfig(limit, 8, PATIENCE), time, timers);
        AtomicInteger active = new AtomicInteger();
        AtomicInteger highest = new AtomicInteger();
        LongAdder made = new LongAdder();
        LongAdder rejected = new LongAdder();

        Threads.run(threads, thread -> {
            for (int i = 0; i < calls; i++) {
                try {
                    bulkhead.run(() -> {
                        highest.accumulateAndGet(active.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        active.decrementAndGet();
                    });
                    made.increment();
                } catch (BulkheadFullException rejection) {
                    rejected.increment();
                }
            }
        });

        assertThat(highest.get()).isLessThanOrEqualTo(limit);
        assertThat(made.sum() + rejected.sum()).isEqualTo((long) threads * calls);
        assertThat(bulkhead.totals()).isEqualTo(new BulkheadTotals(rejected.sum(), 0, 0, 0));
        assertAllGivenBack(bulkhead);
    }

    @RepeatedTest(5)
    void noThreadThatWaitsIsForgotten() {
        Bulkhead bulkhead = Bulkhead.of("payments", new BulkheadConfig(1, 64, PATIENCE), time, timers);
        LongAdder made = new LongAdder();

        // Nobody advances the time: a lost wake-up would hang, and Threads.run would give up on it.
        Threads.run(8, thread -> {
            for (int i = 0; i < 3_000; i++) {
                bulkhead.run(made::increment);
            }
        });

        assertThat(made.sum()).isEqualTo(24_000);
        assertAllGivenBack(bulkhead);
    }

    @Test
    void everyWayOutOfTheQueueAddsUp() throws Exception {
        int threads = 8;
        int calls = 1_500;
        int limit = 2;
        Bulkhead bulkhead = Bulkhead.of("payments", new BulkheadConfig(limit, 6, PATIENCE), time, timers);
        Tally tally = new Tally(limit);
        ConcurrentLinkedQueue<CompletableFuture<String>> running = new ConcurrentLinkedQueue<>();
        AtomicInteger left = new AtomicInteger(threads);

        Threads.run(threads + 2, thread -> {
            if (thread < threads) {
                Random random = new Random(thread);
                try {
                    for (int i = 0; i < calls; i++) {
                        if (random.nextBoolean()) {
                            tally.callSync(bulkhead, random);
                        } else {
                            tally.callAsync(bulkhead, random, running);
                        }
                    }
                } finally {
                    left.decrementAndGet();
                }
                return;
            }
            // One thread ends the asynchronous calls, the other lets the time pass.
            while (left.get() > 0 || bulkhead.queued() > 0 || !running.isEmpty()) {
                CompletableFuture<String> source = thread == threads ? running.poll() : null;
                if (source != null) {
                    source.complete("value");
                } else if (thread > threads) {
                    time.advance(Duration.ofMillis(1));
                }
            }
        });
        running.forEach(source -> source.complete("value"));

        assertThat(tally.overLimit.sum()).isZero();
        assertThat(tally.ended.sum()).isEqualTo((long) threads * calls);
        assertThat(bulkhead.totals().rejected()).isEqualTo(tally.rejected.sum());
        assertThat(bulkhead.totals().interrupted()).isEqualTo(tally.interrupted.sum());
        assertAllGivenBack(bulkhead);
    }

    @RepeatedTest(20)
    void theOrderOfArrivalIsKept() throws Exception {
        int waiters = 40;
        Bulkhead bulkhead = Bulkhead.of("payments", new BulkheadConfig(1, waiters, PATIENCE), time, timers);
        CompletableFuture<String> holder = new CompletableFuture<>();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        bulkhead.callAsync(() -> holder);
        Semaphore over = new Semaphore(0);
        for (int i = 0; i < waiters; i++) {
            int number = i;
            if (i % 2 == 0) {
                new Thread(() -> {
                            bulkhead.run(() -> order.add(number));
                            over.release();
                        })
                        .start();
            } else {
                bulkhead.callAsync(() -> CompletableFuture.completedFuture(order.add(number)))
                        .thenRun(over::release);
            }
            while (timers.pending() <= number) {
                Thread.onSpinWait();
            }
        }

        holder.complete("over");

        assertThat(over.tryAcquire(waiters, 1, TimeUnit.MINUTES)).isTrue();
        assertThat(order).isSorted().hasSize(waiters);
        assertAllGivenBack(bulkhead);
    }

    @RepeatedTest(5)
    void limitsThatChangeUnderLoadLoseNobody() {
        Bulkhead bulkhead = Bulkhead.of("payments", new BulkheadConfig(1, 64, PATIENCE), time, timers);
        AtomicInteger left = new AtomicInteger(6);
        LongAdder made = new LongAdder();

        Threads.run(7, thread -> {
            if (thread < 6) {
                for (int i = 0; i < 2_000; i++) {
                    bulkhead.run(made::increment);
                }
                left.decrementAndGet();
            } else {
                for (int i = 0; left.get() > 0; i++) {
                    bulkhead.reconfigure(bulkhead.config().toBuilder()
                            .maxConcurrentCalls(1 + i % 4)
                            .build());
                }
            }
        });

        assertThat(made.sum()).isEqualTo(12_000);
        assertAllGivenBack(bulkhead);
    }

    private void assertAllGivenBack(Bulkhead bulkhead) {
        // A thread that was let in may still be on its way out.
        assertThat(bulkhead.queued()).isZero();
        assertThat(bulkhead.activeCalls()).isZero();
        assertThat(timers.pending()).isZero();
    }

    /** What callers saw. */
    private static final class Tally {

        private final int limit;
        private final AtomicInteger active = new AtomicInteger();
        private final LongAdder overLimit = new LongAdder();
        private final LongAdder ended = new LongAdder();
        private final LongAdder rejected = new LongAdder();
        private final LongAdder interrupted = new LongAdder();

        Tally(int limit) {
            this.limit = limit;
        }

        void callSync(Bulkhead bulkhead, Random random) {
            if (random.nextInt(4) == 0) {
                Thread.currentThread().interrupt();
            }
            try {
                bulkhead.run(() -> {
                    enter();
                    active.decrementAndGet();
                });
            } catch (BulkheadFullException rejection) {
                rejected.increment();
                if (rejection.reason() == BulkheadFullException.Reason.INTERRUPTED) {
                    interrupted.increment();
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                }
            }
            Thread.interrupted();
            ended.increment();
        }

        void callAsync(Bulkhead bulkhead, Random random, ConcurrentLinkedQueue<CompletableFuture<String>> running) {
            CompletionStage<String> returned = bulkhead.callAsync(() -> {
                enter();
                CompletableFuture<String> source = new Source(active);
                running.add(source);
                return source;
            });
            returned.whenComplete((value, thrown) -> {
                ended.increment();
                Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
                if (cause instanceof BulkheadFullException) {
                    rejected.increment();
                } else if (cause != null) {
                    assertThat(cause).isInstanceOf(CancellationException.class);
                }
            });
            if (random.nextInt(4) == 0) {
                returned.toCompletableFuture().cancel(true);
            }
        }

        private void enter() {
            if (active.incrementAndGet() > limit) {
                overLimit.increment();
            }
        }
    }

    /** Counts its call as ended before anybody hears of it. */
    private static final class Source extends CompletableFuture<String> {

        private final AtomicInteger active;
        private final AtomicBoolean ended = new AtomicBoolean();

        Source(AtomicInteger active) {
            this.active = active;
        }

        @Override
        public boolean complete(String value) {
            end();
            return super.complete(value);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            end();
            return super.cancel(mayInterruptIfRunning);
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                active.decrementAndGet();
            }
        }
    }
}
