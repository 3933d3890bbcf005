package io.breaker.circuitbreaker.window;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** The latencies of the last n calls; only a window whose rules ask for a mean has one. */
final class LatencyRing {

    /*
     * Invariants
     *
     * - As in RingCounter: a slot holds the lap of its writer beside the latency and changes to a later lap only, so at
     *   rest it holds the latency of the newest ticket of its place, whatever the order of the writers was.
     * - `sum` changes by the difference that a swap made, after it. At rest it is the sum over the slots.
     * - A latency above 2^43 ns (2.4 hours) is kept as that, so that the sum of 1 000 000 of them fits a long.
     */
    private static final int LATENCY_BITS = 43;
    private static final long LATENCY_MASK = (1L << LATENCY_BITS) - 1;

    private final AtomicLongArray slots;
    private final AtomicLong sum = new AtomicLong();

    LatencyRing(int size) {
        this.slots = new AtomicLongArray(size);
    }

    void write(int index, long lap, long latency) {
        long kept = Math.min(Math.max(latency, 0), LATENCY_MASK);
        long mine = lap << LATENCY_BITS | kept;
        while (true) {
            long found = slots.get(index);
            if ((mine & ~LATENCY_MASK) - (found & ~LATENCY_MASK) <= 0) {
                return;
            }
            if (slots.compareAndSet(index, found, mine)) {
                sum.addAndGet(kept - (found & LATENCY_MASK));
                return;
            }
        }
    }

    /** Sums up the latencies, in nanoseconds. */
    double sum() {
        return sum.get();
    }
}
