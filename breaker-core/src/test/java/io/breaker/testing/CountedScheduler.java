package io.breaker.testing;

import io.breaker.time.DaemonScheduler;
import io.breaker.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The scheduler of real time, which knows how many of its tasks neither ran nor were cancelled. Closing ends its thread. */
public final class CountedScheduler implements Scheduler, AutoCloseable {

    private final DaemonScheduler daemon = Scheduler.daemon();
    private final AtomicInteger pending = new AtomicInteger();

    @Override
    public Task schedule(Runnable task, Duration delay) {
        // Counted first: the task may run before its thread has told us that it is scheduled.
        pending.incrementAndGet();
        Task scheduled = daemon.schedule(
                () -> {
                    pending.decrementAndGet();
                    task.run();
                },
                delay);
        return () -> {
            boolean cancelled = scheduled.cancel();
            if (cancelled) {
                pending.decrementAndGet();
            }
            return cancelled;
        };
    }

    @Override
    public void pause(Duration delay) throws InterruptedException {
        daemon.pause(delay);
    }

    /** How many tasks wait for their time. */
    public int pending() {
        return pending.get();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
