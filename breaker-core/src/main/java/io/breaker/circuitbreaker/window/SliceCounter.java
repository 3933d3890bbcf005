package io.breaker.circuitbreaker.window;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The calls of the last stretch of time in a ring of 60 slices, without a lock. */
final class SliceCounter extends WindowCounter {

    /*
     * Invariants
     *
     * - Time since `origin` is cut into slices, numbered from 0. Slice e stands at `ring[e % 60]`; a place changes by
     *   compareAndSet to a later slice and in no other way. A call that was held up for a whole window finds a later
     *   slice in its place and is dropped: it is no longer in the window.
     * - Reading takes the slices above `now - 60` and skips the others, so the window expires on read: nothing has to
     *   run when a slice leaves.
     * - `newest` is at least the number of every slice a call was recorded in before that call's `record` returned.
     *   So a thread that recorded a call finds it in the figures that have no `now`.
     * - While a slice is the newest no call leaves the window. So once `enough` is true (the window holds the watched
     *   number of calls) it stays true for as long as the slice is the newest.
     * - Calls leave when a slice begins, and with successes leaving a rate goes up. Whoever recorded a call with a number
     *   above `newest` may have begun a slice: there is at least one such call for each slice, and it is news.
     */
    static final int SLICES = 60;

    private final long origin;
    private final long sliceNanos;
    private final long watchedCalls;
    private final boolean meanLatency;
    private final AtomicReferenceArray<@Nullable Slice> ring = new AtomicReferenceArray<>(SLICES);
    private final AtomicLong newest = new AtomicLong();

    SliceCounter(long durationNanos, WindowRules rules, long now) {
        super(new SlowThresholds(rules.slowThresholds()));
        this.origin = now;
        this.sliceNanos = durationNanos / SLICES;
        this.watchedCalls = rules.watchedCalls();
        this.meanLatency = rules.meanLatency();
    }

    @Override
    public Change record(boolean failed, long latency, long now) {
        long number = numberAt(now);
        boolean mayBegin = newest.get() < number;
        Slice slice = sliceOf(number);
        if (slice == null) {
            return Change.NEWS;
        }
        int level = thresholds.level(latency);
        boolean hadEnough = slice.enough;
        slice.add(failed, level, meanLatency ? latency : 0);
        if (!hadEnough && slice.callsBefore + slice.calls.sum() >= watchedCalls) {
            slice.enough = true;
        }
        boolean better = hadEnough && !failed && level == 0 && !mayBegin && number == newest.get();
        return better ? Change.BETTER : Change.NEWS;
    }

    private long numberAt(long now) {
        return Math.max(now - origin, 0) / sliceNanos;
    }

    /** Finds the slice of that number, made if it is the first call in it; null if its time is long over. */
    private @Nullable Slice sliceOf(long number) {
        int place = (int) (number % SLICES);
        while (true) {
            Slice found = ring.get(place);
            if (found != null && found.number > number) {
                return null;
            }
            if (found == null || found.number < number) {
                Slice made = new Slice(number, sum(number, slice -> slice.calls.sum()), thresholds.size());
                if (!ring.compareAndSet(place, found, made)) {
                    continue;
                }
                found = made;
            }
            if (newest.get() < number) {
                newest.accumulateAndGet(number, Math::max);
            }
            return found;
        }
    }

    /** Sums a figure over the slices that are in the window while slice {@code number} lasts. */
    private long sum(long number, ToLongFunction<Slice> figure) {
        long sum = 0;
        for (int i = 0; i < SLICES; i++) {
            Slice slice = ring.get(i);
            if (slice != null && slice.number > number - SLICES) {
                sum += figure.applyAsLong(slice);
            }
        }
        return sum;
    }

    @Override
    public long total() {
        return total(newest.get());
    }

    private long total(long number) {
        return sum(number, slice -> slice.calls.sum());
    }

    @Override
    public long failures() {
        return failures(newest.get());
    }

    private long failures(long number) {
        return sum(number, slice -> slice.failures.get());
    }

    @Override
    public long slow(Duration threshold) {
        int index = thresholds.indexOf(threshold);
        return index < 0 ? 0 : slowAt(index, newest.get());
    }

    /** A loop of its own: a lambda that knows the index would be an object for each call. */
    private long slowAt(int index, long number) {
        long sum = 0;
        for (int i = 0; i < SLICES; i++) {
            Slice slice = ring.get(i);
            if (slice != null && slice.number > number - SLICES) {
                sum += slice.slow.get(index);
            }
        }
        return sum;
    }

    @Override
    public double meanLatencyNanos() {
        return meanLatencyNanos(newest.get());
    }

    private double meanLatencyNanos(long number) {
        long calls = total(number);
        return !meanLatency || calls == 0 ? Double.NaN : (double) sum(number, slice -> slice.latency.sum()) / calls;
    }

    @Override
    public CallStats stats(long now) {
        long number = numberAt(now);
        return stats(
                failures(number),
                thresholds.counts(index -> slowAt(index, number)),
                meanLatencyNanos(number),
                total(number));
    }

    /** The calls of one sixtieth of the window. */
    private static final class Slice {

        private final long number;
        private final long callsBefore;
        /** Whether the window has held the watched number of calls since this slice began; only ever turns true. */
        private volatile boolean enough;

        private final LongAdder calls = new LongAdder();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicIntegerArray slow;
        private final LongAdder latency = new LongAdder();

        Slice(long number, long callsBefore, int thresholds) {
            this.number = number;
            this.callsBefore = callsBefore;
            this.slow = new AtomicIntegerArray(thresholds);
        }

        void add(boolean failed, int level, long latencyToSum) {
            for (int i = 0; i < level; i++) {
                slow.incrementAndGet(i);
            }
            if (failed) {
                failures.incrementAndGet();
            }
            if (latencyToSum != 0) {
                latency.add(latencyToSum);
            }
            calls.increment();
        }
    }
}
