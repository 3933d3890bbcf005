package io.breaker.circuitbreaker.window;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** The calls of the last stretch of time in a ring of 60 slices, without a lock. */
final class SliceCounter extends WindowCounter {

    static final int SLICES = 60;

    private static final AtomicReferenceFieldUpdater<SliceCounter, Slice> NEWEST =
            AtomicReferenceFieldUpdater.newUpdater(SliceCounter.class, Slice.class, "newest");

    private static final AtomicIntegerFieldUpdater<SliceCounter> STREAK =
            AtomicIntegerFieldUpdater.newUpdater(SliceCounter.class, "streak");

    private static final AtomicIntegerFieldUpdater<SliceCounter> LATE =
            AtomicIntegerFieldUpdater.newUpdater(SliceCounter.class, "late");

    /*
     * Invariants
     *
     * - Time since `origin` is cut into slices, numbered from 0. Slice e stands at `ring[e % 60]`; a place changes by
     *   compareAndSet to a later slice and in no other way. A call that was held up for a whole window finds a later
     *   slice in its place and is dropped from the window: it is no longer in it.
     * - Reading takes the slices above `now - 60` and skips the others, so the window expires on read: nothing has to
     *   run when a slice leaves.
     * - `newest` changes by compareAndSet to a later slice. It is that of a call, or a later one, before the call's
     *   `record` returns; so a thread that recorded a call finds it in the figures that have no `now`.
     * - While a slice is the newest no call leaves the window. So once `enough` is true (the window holds the watched
     *   number of calls) it stays true for as long as the slice is the newest.
     * - Calls leave when a slice begins, and with successes leaving a rate goes up. Whoever recorded a call outside of
     *   the `newest` it found may have begun a slice: there is at least one such call for each slice, and it is news.
     * - `late` goes up after a call was added to a slice that is no longer the newest.
     * - `older` holds sums that were right as long as the newest slice, the hand-overs of the tally and `late` are those
     *   it was made with. Whoever finds another of them makes it anew, so a failed call need not look at 60 slices.
     * - `streak` is the number of failures since the last success; overlapping calls come in either order.
     */
    private final long origin;
    private final long sliceNanos;
    private final long watchedCalls;
    private final boolean meanLatency;
    private final CallTally tally;
    private final AtomicReferenceArray<@Nullable Slice> ring = new AtomicReferenceArray<>(SLICES);
    private volatile Slice newest;
    private volatile int streak;
    private volatile int late;
    private volatile @Nullable Older older;

    /**
     * The figures of all slices but the newest. Immutable.
     *
     * @param calls without those that stripes of the tally still hold
     */
    private record Older(Slice newest, int handOvers, int late, long calls, long failures) {}

    SliceCounter(long durationNanos, WindowRules rules, long now, CallTally tally) {
        super(SlowThresholds.of(rules.slowThresholds()));
        this.origin = now;
        this.sliceNanos = durationNanos / SLICES;
        this.watchedCalls = rules.watchedCalls();
        this.meanLatency = rules.meanLatency();
        this.tally = tally;
        this.newest = newSlice(0);
        ring.set(0, newest);
    }

    private Slice newSlice(long number) {
        return meanLatency || thresholds.size() > 0
                ? new LatencySlice(number, thresholds.size(), meanLatency)
                : new Slice(number);
    }

    @Override
    public Change record(boolean failed, long latency, long now) {
        Slice found = newest;
        boolean begun = isWithin(found, now);
        Slice slice = begun ? found : sliceOf(numberAt(now));
        int level = thresholds.level(latency);
        boolean fastSuccess = !failed && level == 0;
        if (slice == null) {
            count(failed, latency);
            return Change.NEWS;
        }
        boolean hadEnough = slice.enough;
        if (fastSuccess) {
            tally.succeeded(latency, slice);
        } else {
            count(failed, latency);
            slice.addOther(failed, level);
            if (slice != newest) {
                LATE.incrementAndGet(this);
            }
        }
        slice.addLatency(latency);
        if (failed) {
            STREAK.incrementAndGet(this);
        } else if (streak != 0) {
            streak = 0;
        }
        if (!hadEnough && total(slice.number) >= watchedCalls) {
            slice.enough = true;
        }
        return hadEnough && fastSuccess && begun && slice == newest ? Change.BETTER : Change.NEWS;
    }

    private void count(boolean failed, long latency) {
        if (failed) {
            tally.failed(latency);
        } else {
            tally.succeeded(latency);
        }
    }

    /** Looks without a division, which would be dear for every call. */
    private boolean isWithin(Slice slice, long now) {
        long since = now - (origin + slice.number * sliceNanos);
        return since >= 0 && since < sliceNanos;
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
                Slice made = newSlice(number);
                if (!ring.compareAndSet(place, found, made)) {
                    continue;
                }
                found = made;
            }
            raiseNewest(found);
            return found;
        }
    }

    private void raiseNewest(Slice slice) {
        for (Slice found = newest; found.number < slice.number; found = newest) {
            if (NEWEST.compareAndSet(this, found, slice)) {
                return;
            }
        }
    }

    private @Nullable Slice inWindow(int place, long firstSlice) {
        Slice slice = ring.get(place);
        return slice != null && slice.number >= firstSlice ? slice : null;
    }

    // The sums are loops of their own: a lambda that knows more than its slice would be an object for each call.

    /** Tells how many calls the window holds while slice {@code number} lasts. */
    private long total(long number) {
        long firstSlice = number - SLICES + 1;
        while (true) {
            int handOvers = tally.handOvers();
            long sum = 0;
            for (int i = 0; i < SLICES; i++) {
                Slice slice = inWindow(i, firstSlice);
                sum += slice == null ? 0 : slice.others + slice.handedOver();
            }
            sum += tally.successesIn(this, firstSlice);
            if (tally.handOvers() == handOvers) {
                return sum;
            }
        }
    }

    private Older olderThan(Slice slice) {
        Older found = older;
        int handOvers = tally.handOvers();
        int lateCalls = late;
        if (found != null && found.newest == slice && found.handOvers == handOvers && found.late == lateCalls) {
            return found;
        }
        long calls = 0;
        long failures = 0;
        for (int i = 0; i < SLICES; i++) {
            Slice other = inWindow(i, slice.number - SLICES + 1);
            if (other != null && other != slice) {
                calls += other.others + other.handedOver();
                failures += other.failures;
            }
        }
        Older made = new Older(slice, handOvers, lateCalls, calls, failures);
        older = made;
        return made;
    }

    private long failures(long number) {
        long sum = 0;
        for (int i = 0; i < SLICES; i++) {
            Slice slice = inWindow(i, number - SLICES + 1);
            sum += slice == null ? 0 : slice.failures;
        }
        return sum;
    }

    private long slow(int threshold, long number) {
        long sum = 0;
        for (int i = 0; i < SLICES; i++) {
            Slice slice = inWindow(i, number - SLICES + 1);
            sum += slice == null ? 0 : slice.slow(threshold);
        }
        return sum;
    }

    private double meanLatencyNanos(long number) {
        long calls = total(number);
        if (!meanLatency || calls == 0) {
            return Double.NaN;
        }
        long sum = 0;
        long timed = calls;
        for (int i = 0; i < SLICES; i++) {
            Slice slice = inWindow(i, number - SLICES + 1);
            if (slice != null) {
                sum += slice.latencyNanos();
                timed -= slice.untimed();
            }
        }
        return timed <= 0 ? Double.NaN : (double) sum / timed;
    }

    /** Tells whether a slice stands in this window, from slice {@code firstSlice} on. */
    boolean holds(Slice slice, long firstSlice) {
        return slice.number >= firstSlice && ring.get((int) (slice.number % SLICES)) == slice;
    }

    @Override
    public WindowFigures judged() {
        return this;
    }

    @Override
    public long total() {
        while (true) {
            Slice slice = newest;
            Older others = olderThan(slice);
            long sum = others.calls + slice.others + slice.handedOver();
            sum += tally.successesIn(this, slice.number - SLICES + 1);
            if (tally.handOvers() == others.handOvers) {
                return sum;
            }
        }
    }

    @Override
    public long failures() {
        Slice slice = newest;
        return olderThan(slice).failures + slice.failures;
    }

    @Override
    public long slow(Duration threshold) {
        int index = thresholds.indexOf(threshold);
        return index < 0 ? 0 : slow(index, newest.number);
    }

    @Override
    public double meanLatencyNanos() {
        return meanLatencyNanos(newest.number);
    }

    @Override
    public int failureStreak() {
        return streak;
    }

    @Override
    public CallStats stats(long now) {
        long number = numberAt(now);
        return stats(
                failures(number),
                thresholds.counts(index -> slow(index, number)),
                meanLatencyNanos(number),
                total(number));
    }
}
