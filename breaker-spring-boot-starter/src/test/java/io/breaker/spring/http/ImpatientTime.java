package io.breaker.spring.http;

import io.breaker.testing.ManualTime;
import io.breaker.time.Scheduler;
import io.breaker.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that moves on to each task at once: so a retry that waits without a thread takes no time. */
final class ImpatientTime implements Ticker, Scheduler {

    private final ManualTime time = new ManualTime();
    private final List<Duration> delays = new CopyOnWriteArrayList<>();

    /** Tells after which delays tasks were to run, in their order. */
    List<Duration> delays() {
        return List.copyOf(delays);
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
        delays.add(delay);
        Task scheduled = time.schedule(task, delay);
        CompletableFuture.runAsync(() -> time.advance(delay));
        return scheduled;
    }

    @Override
    public void pause(Duration delay) {
        delays.add(delay);
        time.advance(delay);
    }
}
