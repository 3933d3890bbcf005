package io.breaker.circuitbreaker.window;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Counts the calls of one window while they happen. Safe for concurrent use; recording takes no lock and allocates
 * nothing, apart from one object per slice of a time window.
 *
 * <p>The figures are exact at rest. While calls are being recorded, {@link #total()}, {@link #failures()} and the others
 * may each be a few calls apart; {@link #stats(long)} keeps them within their bounds.
 */
public abstract sealed class WindowCounter permits RingCounter, SliceCounter {

    /** What one recorded call did to the figures. */
    public enum Change {
        /** Nothing: a fast success took the place of a fast success. */
        NONE,
        /**
         * One more fast success, while the window held {@link WindowRules#watchedCalls()} calls already and nothing but
         * one older call left it: no rate, streak or number of failed or slow calls went up because of it.
         */
        BETTER,
        /** Anything else: the rules may have a new answer. */
        NEWS
    }

    final SlowThresholds thresholds;

    WindowCounter(SlowThresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * Records a call that has ended.
     *
     * @param failed whether it failed
     * @param latency how long it took, in nanoseconds; 0 where it was not measured
     * @param now the current {@link io.breaker.time.Ticker#nanos()}; not looked at by a count window
     * @return what that did to the figures
     */
    public abstract Change record(boolean failed, long latency, long now);

    /**
     * Tells how many calls the window holds, as of the newest recorded call.
     *
     * @return succeeded and failed calls, at least 0
     */
    public abstract long total();

    /**
     * Tells how many failed calls the window holds, as of the newest recorded call.
     *
     * @return failed calls, at least 0
     */
    public abstract long failures();

    /**
     * Tells how many calls took a threshold or longer, as of the newest recorded call.
     *
     * @param threshold one of the {@link WindowRules#slowThresholds()}
     * @return slow calls; 0 for any other threshold
     */
    public abstract long slow(Duration threshold);

    /**
     * Tells the mean latency of the calls in the window, as of the newest recorded call.
     *
     * @return nanoseconds; {@link Double#NaN} without calls, and where the rules do not ask for it
     */
    public abstract double meanLatencyNanos();

    /**
     * Tells what the window holds now.
     *
     * @param now the current {@link io.breaker.time.Ticker#nanos()}
     * @return the figures; what has left a time window by now is not in them
     */
    public abstract CallStats stats(long now);

    /**
     * Puts figures together that were read one after the other. The total is to be read last: a call recorded in between
     * then makes the whole larger, never a part; a part that is above it all the same is cut.
     */
    static CallStats stats(long failures, SortedMap<Duration, Long> slow, double meanNanos, long total) {
        slow.replaceAll((threshold, calls) -> Math.min(calls, total));
        return new CallStats(
                total,
                Math.min(failures, total),
                slow,
                Double.isNaN(meanNanos) ? Optional.empty() : Optional.of(Duration.ofNanos(Math.round(meanNanos))));
    }
}
