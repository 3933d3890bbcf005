package io.breaker.circuitbreaker.window;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Says what a breaker's rules will ask of its window, so that the window counts that and no more. Immutable.
 *
 * @param slowThresholds the durations from which on a call counts as slow
 * @param meanLatency whether the mean latency of the window is asked for
 * @param watchedCalls up to how many calls in the window one more success may make a rule hold: the largest
 *     {@code minRequests}; see {@link WindowCounter.Change#BETTER}
 */
public record WindowRules(SortedSet<Duration> slowThresholds, boolean meanLatency, long watchedCalls) {

    /** No latency is asked for, and no number of calls is waited for. */
    public static final WindowRules NONE = new WindowRules(Collections.emptySortedSet(), false, 0);

    /**
     * Makes rules that no later change of {@code slowThresholds} reaches.
     *
     * @param slowThresholds the durations from which on a call counts as slow
     * @param meanLatency whether the mean latency is asked for
     * @param watchedCalls up to how many calls a success may make a rule hold
     */
    public WindowRules {
        slowThresholds = slowThresholds.isEmpty()
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(slowThresholds));
    }
}
