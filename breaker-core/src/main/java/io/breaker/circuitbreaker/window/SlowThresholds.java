package io.breaker.circuitbreaker.window;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/** The slow thresholds of one window, shortest first. Immutable. */
final class SlowThresholds {

    private static final SlowThresholds NONE = new SlowThresholds(Collections.emptySortedSet());

    private final Duration[] durations;
    private final long[] nanos;

    static SlowThresholds of(SortedSet<Duration> thresholds) {
        return thresholds.isEmpty() ? NONE : new SlowThresholds(thresholds);
    }

    private SlowThresholds(SortedSet<Duration> thresholds) {
        this.durations = thresholds.toArray(new Duration[0]);
        this.nanos = thresholds.stream().mapToLong(SlowThresholds::nanosOf).toArray();
    }

    /** Gives at most {@link Long#MAX_VALUE}: nobody waits for more than 292 years. */
    static long nanosOf(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }

    int size() {
        return nanos.length;
    }

    /** Tells how many thresholds a latency reaches: 0 is fast. A latency at a threshold reaches it. */
    int level(long latency) {
        int level = 0;
        while (level < nanos.length && latency >= nanos[level]) {
            level++;
        }
        return level;
    }

    /** Finds the place of a threshold, or -1. */
    int indexOf(Duration threshold) {
        for (int i = 0; i < durations.length; i++) {
            if (durations[i].equals(threshold)) {
                return i;
            }
        }
        return -1;
    }

    /** Names the count of each threshold. */
    SortedMap<Duration, Long> counts(IntToLongFunction count) {
        SortedMap<Duration, Long> counts = new TreeMap<>();
        for (int i = 0; i < durations.length; i++) {
            counts.put(durations[i], count.applyAsLong(i));
        }
        return counts;
    }
}
