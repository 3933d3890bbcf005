package io.breaker.circuitbreaker.window;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/** A slice of a window whose rules ask for latencies. */
final class LatencySlice extends Slice {

    /** How many calls reached each threshold; only grows. */
    private final AtomicIntegerArray slow;

    /** The sum of all latencies, where a mean is asked for; then every call writes here, hence an adder. */
    private final LongAdder latency = new LongAdder();

    private final LongAdder untimed = new LongAdder();

    private final boolean meanLatency;

    LatencySlice(long number, int thresholds, boolean meanLatency) {
        super(number);
        this.slow = new AtomicIntegerArray(thresholds);
        this.meanLatency = meanLatency;
    }

    @Override
    void addSlow(int level) {
        for (int i = 0; i < level; i++) {
            slow.incrementAndGet(i);
        }
    }

    @Override
    void addLatency(long nanos) {
        if (meanLatency && nanos > 0) {
            latency.add(nanos);
        } else if (nanos == CallTally.UNMEASURED) {
            untimed.increment();
        }
    }

    @Override
    long slow(int threshold) {
        return slow.get(threshold);
    }

    @Override
    long latencyNanos() {
        return latency.sum();
    }

    @Override
    long untimed() {
        return untimed.sum();
    }
}
