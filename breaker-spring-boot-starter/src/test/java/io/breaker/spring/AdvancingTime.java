package io.breaker.spring;

import io.breaker.testing.ManualTime;
import io.breaker.time.Scheduler;
import io.breaker.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that stands still, except that it moves on where a caller would wait: so a test of waiting takes no time. */
public final class AdvancingTime implements Ticker, Scheduler {

    private final ManualTime time = new ManualTime();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    /** Moves the clock, and runs on this thread what becomes due. */
    public void advance(Duration duration) {
        time.advance(duration);
    }

    /** Tells how long callers would have waited, in their order. */
    public List<Duration> pauses() {
        return List.copyOf(pauses);
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
        return time.schedule(task, delay);
    }

    @Override
    public void pause(Duration delay) {
        pauses.add(delay);
        advance(delay);
    }
}
