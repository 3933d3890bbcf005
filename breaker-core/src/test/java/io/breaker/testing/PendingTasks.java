package io.breaker.testing;

import io.breaker.time.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A scheduler that knows which of its tasks neither ran nor were cancelled. */
public final class PendingTasks implements Scheduler {

    private final Scheduler scheduler;
    private final Set<Runnable> pending = ConcurrentHashMap.newKeySet();

    /** Counts the tasks of another scheduler. */
    public PendingTasks(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Counts the tasks that still wait. */
    public int count() {
        return pending.size();
    }

    @Override
    public Task schedule(Runnable task, Duration delay) {
        Runnable counted = new Runnable() {
            @Override
            public void run() {
                pending.remove(this);
                task.run();
            }
        };
        pending.add(counted);
        Task scheduled = scheduler.schedule(counted, delay);
        return () -> {
            boolean cancelled = scheduled.cancel();
            if (cancelled) {
                pending.remove(counted);
            }
            return cancelled;
        };
    }
}
