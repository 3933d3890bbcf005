package io.breaker.spring;

import io.breaker.testing.ManualTime;
import io.breaker.time.Scheduler;
import io.breaker.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A clock that stands still, except that it moves on where a caller would wait: so a test of waiting takes no time. */
public final class AdvancingTime implements Ticker, Scheduler {

    private final ManualTime time = new ManualTime();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final AtomicInteger pending = new AtomicInteger();

    /** Moves the clock, and runs on this thread what becomes due. */
    public void advance(Duration duration) {
        time.advance(duration);
    }

    /** Tells how long callers would have waited, in their order. */
    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    /** Tells how many tasks wait for their time. */
    public int pending() {
        return pending.get();
    }

    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public Instant instant() {
        return time.instant();
    }

    @Override
    public Task schedule(Runnable task, Duration delay) {
        pending.incrementAndGet();
        Task scheduled = time.schedule(
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
    public void pause(Duration delay) {
        pauses.add(delay);
        advance(delay);
    }
}
