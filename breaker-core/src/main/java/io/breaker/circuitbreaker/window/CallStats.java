package io.breaker.circuitbreaker.window;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells what a window holds at one moment. Immutable.
 *
 * @param total succeeded and failed calls in the window, at least 0; ignored calls are not in it
 * @param failures failed calls among them
 * @param slow calls, failed ones too, that took a threshold or longer, by threshold; a threshold no call reached stands
 *     with 0, and one that no rule asks for is absent
 * @param meanLatency arithmetic mean of the latency of all calls in the window; empty without calls, and where no rule
 *     asks for it
 */
public record CallStats(long total, long failures, SortedMap<Duration, Long> slow, Optional<Duration> meanLatency) {

    /** The stats of a window without calls and without latency rules. */
    public static final CallStats EMPTY = new CallStats(0, 0, Collections.emptySortedMap(), Optional.empty());

    /**
     * Makes stats that no later change of {@code slow} reaches.
     *
     * @param total succeeded and failed calls, at least {@code failures}
     * @param failures failed calls, at least 0
     * @param slow slow calls by threshold
     * @param meanLatency mean latency, where it is known
     * @throws IllegalArgumentException if {@code total} or {@code failures} is negative, or {@code failures} is above
     *     {@code total}
     */
    public CallStats {
        if (failures < 0 || total < failures) {
            throw new IllegalArgumentException("failures must be in [0, total]: " + failures + " of " + total);
        }
        slow = Collections.unmodifiableSortedMap(new TreeMap<>(slow));
    }

    /**
     * Tells how many calls took a threshold or longer.
     *
     * @param threshold one of the keys of {@link #slow()}
     * @return the number of calls; 0 for any other threshold
     */
    public long slow(Duration threshold) {
        return slow.getOrDefault(threshold, 0L);
    }

    /**
     * Tells the share of failed calls.
     *
     * @return 0.0 to 1.0; empty without calls
     */
    public OptionalDouble failureRate() {
        return total == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) failures / total);
    }
}
