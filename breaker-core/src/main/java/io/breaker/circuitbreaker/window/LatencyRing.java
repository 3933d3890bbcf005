package io.breaker.circuitbreaker.window;

/**
 * The latencies of the last n calls; only a window whose rules ask for a mean has one. Not safe for concurrent use, as
 * {@link CallRing}, whose slots it shares.
 */
final class LatencyRing {

    /** No latency is above the share that keeps the sum of all slots within a long. */
    private final long longest;

    private final long[] slots;
    private long sum;

    LatencyRing(int size) {
        this.longest = Long.MAX_VALUE / size;
        this.slots = new long[size];
    }

    void write(int slot, long latency) {
        long counted = Math.min(Math.max(latency, 0), longest);
        sum += counted - slots[slot];
        slots[slot] = counted;
    }

    /** Sums up the latencies, in nanoseconds. */
    long sum() {
        return sum;
    }
}
