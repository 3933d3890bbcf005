package io.breaker.testing;

import io.breaker.time.Scheduler;
import io.breaker.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock and scheduler that move only when told to. It starts at 2026-01-01T00:00:00Z.
 *
 * <pre>{@code
 * ManualTime time = new ManualTime();
 * CircuitBreaker breaker = CircuitBreaker.of("payments", config, time);
 * breaker.forceOpen();
 * time.advance(Duration.ofSeconds(60));
 * }</pre>
 *
 * <p>Safe for concurrent use. Where two threads advance it at once, it moves by both durations, and a task may then see
 * a time later than its own.
 */
public final class ManualTime implements Ticker, Scheduler {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Tasks of one moment run in the order in which they were scheduled. */
    private static final Comparator<Entry> ORDER =
            Comparator.comparingLong(Entry::due).thenComparingLong(Entry::sequence);

    /*
     * Invariants, all fields guarded by `lock`
     *
     * - now <= horizon. They are equal except while tasks run on their way to the horizon, or after one threw.
     * - No task runs while the lock is held, so a task may schedule, cancel and advance.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final Queue<Entry> waiting = new PriorityQueue<>(ORDER);
    private long now;
    private long horizon;
    private long scheduled;
    private Duration wallClockOffset = Duration.ZERO;

    /** Makes a clock that stands at its start. */
    public ManualTime() {}

    /**
     * Moves both clocks forward and runs the tasks that become due, in the order of their due times, on the calling
     * thread. While a task runs, the clocks stand at its due time; a task it schedules runs too if it becomes due on the
     * way. Returns when the clocks stand at the end of the duration.
     *
     * <p>What a task throws comes out of this method and leaves the clocks where they stand; the next call first makes
     * up for the rest.
     *
     * @param duration how far, at least zero; zero runs the tasks that are due already
     * @throws IllegalArgumentException if {@code duration} is negative
     * @throws ArithmeticException if the clock would pass 292 years
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must be at least 0: " + duration);
        }
        extendHorizon(duration.toNanos());
        Runnable task = nextDue();
        while (task != null) {
            task.run();
            task = nextDue();
        }
    }

    /**
     * Moves {@link #instant()} alone, as an administrator or a time server does. No task becomes due.
     *
     * @param step how far; negative steps back
     */
    public void stepWallClock(Duration step) {
        locked(() -> wallClockOffset = wallClockOffset.plus(step));
    }

    @Override
    public long nanos() {
        return locked(() -> now);
    }

    @Override
    public Instant instant() {
        return locked(() -> START.plusNanos(now).plus(wallClockOffset));
    }

    /**
     * Runs a task when {@link #advance} reaches its time, on the thread that advances.
     *
     * @param task what to run
     * @param delay how long from now; zero and less mean at the next {@code advance}
     * @return cancels the task
     */
    @Override
    public Task schedule(Runnable task, Duration delay) {
        return locked(() -> {
            Entry entry = new Entry(dueAfter(delay), scheduled++, task);
            waiting.add(entry);
            return () -> locked(() -> waiting.remove(entry));
        });
    }

    private void extendHorizon(long nanos) {
        locked(() -> horizon = Math.addExact(horizon, nanos));
    }

    /** Takes the next task on the way to the horizon and moves the clock to it, or else to the horizon. */
    private @Nullable Runnable nextDue() {
        return locked(this::takeNextDue);
    }

    private @Nullable Runnable takeNextDue() {
        Entry next = waiting.peek();
        if (next == null || next.due > horizon) {
            now = horizon;
            return null;
        }
        waiting.remove();
        now = Math.max(now, next.due);
        return next.task;
    }

    /** A lock rather than a monitor: a virtual thread that waits for a monitor holds on to its carrier. */
    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** A delay past the end of the clock is never over. */
    private long dueAfter(Duration delay) {
        Duration left = Duration.ofNanos(Long.MAX_VALUE - now);
        return delay.isNegative() ? now : delay.compareTo(left) < 0 ? now + delay.toNanos() : Long.MAX_VALUE;
    }

    private record Entry(long due, long sequence, Runnable task) {}
}
