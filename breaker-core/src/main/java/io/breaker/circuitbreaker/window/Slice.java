package io.breaker.circuitbreaker.window;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** The calls of one sixtieth of a time window. As a {@link SuccessCount} it is where its fast successes are counted. */
class Slice extends SuccessCount {

    private static final AtomicIntegerFieldUpdater<Slice> OTHERS =
            AtomicIntegerFieldUpdater.newUpdater(Slice.class, "others");

    private static final AtomicIntegerFieldUpdater<Slice> FAILURES =
            AtomicIntegerFieldUpdater.newUpdater(Slice.class, "failures");

    final long number;

    /** Whether the window has held the watched number of calls since this slice began; only ever turns true. */
    volatile boolean enough;

    /** Calls that are not fast successes; goes up after `failures`, so that a part is seen before the whole is. */
    volatile int others;

    volatile int failures;

    Slice(long number) {
        this.number = number;
    }

    /** Adds a call that failed or reached a slow threshold. */
    final void addOther(boolean failed, int level) {
        addSlow(level);
        if (failed) {
            FAILURES.incrementAndGet(this);
        }
        OTHERS.incrementAndGet(this);
    }

    void addSlow(int level) {}

    void addLatency(long nanos) {}

    long slow(int threshold) {
        return 0;
    }

    long latencyNanos() {
        return 0;
    }

    /** Tells how many of its calls have no latency. */
    long untimed() {
        return 0;
    }
}
