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
     * - A latency has 43 bits: up to 2^42 ns (73 minutes) it stands there exactly, a longer one in units of 1024 ns, as
     *   its highest bit tells. No latency is above the share that keeps the sum of all slots within a long.
     *
     * Not guaranteed: that a lap is told from one 2^20 laps later.
     */
    private static final int LATENCY_BITS = 43;

    private static final long LATENCY_MASK = (1L << LATENCY_BITS) - 1;
    private static final long COARSE = 1L << (LATENCY_BITS - 1);
    private static final int COARSE_SHIFT = 10;

    private final long longest;
    private final AtomicLongArray slots;
    private final AtomicLong sum = new AtomicLong();

    LatencyRing(int size) {
        this.longest = Math.min(Long.MAX_VALUE / size, (COARSE - 1) << COARSE_SHIFT);
        this.slots = new AtomicLongArray(size);
    }

    void write(int index, long lap, long latency) {
        long mine = lap << LATENCY_BITS | encode(Math.min(Math.max(latency, 0), longest));
        while (true) {
            long found = slots.get(index);
            if ((mine & ~LATENCY_MASK) - (found & ~LATENCY_MASK) <= 0) {
                return;
            }
            if (slots.compareAndSet(index, found, mine)) {
                sum.addAndGet(decode(mine & LATENCY_MASK) - decode(found & LATENCY_MASK));
                return;
            }
        }
    }

    private static long encode(long latency) {
        return latency < COARSE ? latency : COARSE | latency >> COARSE_SHIFT;
    }

    private static long decode(long code) {
        return (code & COARSE) == 0 ? code : (code & ~COARSE) << COARSE_SHIFT;
    }

    /** Sums up the latencies, in nanoseconds. */
    double sum() {
        return sum.get();
    }
}
