package io.breaker.testing;

import io.breaker.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A scheduler on manual time that remembers what it was asked for and knows how many tasks wait. */
public final class Timers implements Scheduler {

    private final ManualTime time;
    private final List<Duration> delays = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger pending = new AtomicInteger();

    public Timers(ManualTime time) {
        this.time = time;
    }

    /** Gives a scheduler whose waits move the time instead of waiting for it: for calls on the thread of the test. */
    public Scheduler stepping() {
        return new Scheduler() {
            @Override
            public Task schedule(Runnable task, Duration delay) {
                return Timers.this.schedule(task, delay);
            }

            @Override
            public void pause(Duration delay) throws InterruptedException {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                delays.add(delay);
                time.advance(delay);
            }
        };
    }

    @Override
    public Task schedule(Runnable task, Duration delay) {
        delays.add(delay);
        Task scheduled = time.schedule(
                () -> {
                    pending.decrementAndGet();
                    task.run();
                },
                delay);
        // Counted only now: whoever waits for the count may move the time, and the task must be there to see it.
        pending.incrementAndGet();
        return () -> {
            boolean cancelled = scheduled.cancel();
            if (cancelled) {
                pending.decrementAndGet();
            }
            return cancelled;
        };
    }

    /** The delays asked for, in order. */
    public List<Duration> delays() {
        return delays;
    }

    /** How many tasks wait for their time. */
    public int pending() {
        return pending.get();
    }

    /** Returns as soon as that many tasks wait, which another thread is about to schedule. */
    public void awaitPending(int count) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (pending.get() != count) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(pending.get() + " tasks wait, not " + count);
            }
            Thread.onSpinWait();
        }
    }
}
