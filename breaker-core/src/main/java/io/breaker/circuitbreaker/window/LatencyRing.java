package io.breaker.circuitbreaker.window;

import java.util.Arrays;

/**
 * The latencies of the last n calls; only a window whose rules ask for a mean has one. Not safe for concurrent use, as
 * {@link CallRing}, whose slots it shares.
 */
final class LatencyRing {

    /** No latency is above the share that keeps the sum of all slots within a long. */
    private final long longest;

    /** A latency each, or {@link CallTally#UNMEASURED}. */
    private final long[] slots;

    private long sum;
    private int timed;

    LatencyRing(int size) {
        this.longest = Long.MAX_VALUE / size;
        this.slots = new long[size];
        Arrays.fill(slots, CallTally.UNMEASURED);
    }

    void write(int slot, long latency) {
        long counted = Math.min(latency, longest);
        count(slots[slot], -1);
        count(counted, 1);
        slots[slot] = counted;
    }

    private void count(long latency, int change) {
        if (latency != CallTally.UNMEASURED) {
            sum += latency * change;
            timed += change;
        }
    }

    /** Gives the mean latency of the calls that were timed, in nanoseconds; {@link Double#NaN} without any. */
    double mean() {
        int calls = timed;
        return calls == 0 ? Double.NaN : (double) sum / calls;
    }
}
