package io.breaker.circuitbreaker.window;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Counts the calls of one window while they happen. Safe for concurrent use; recording makes no
 * object, apart from one per slice of a time window, and from stripes of the tally when threads meet.
 *
 * <p>The figures are exact at rest. While calls are being recorded, {@link #total()}, {@link #failures()} and the others
 * may each be a few calls apart; {@link #stats(long)} keeps them within their bounds.
 */
public abstract sealed class WindowCounter implements WindowFigures permits RingCounter, SliceCounter {

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
     * Records a call that has ended, in the window and in the tally.
     *
     * @param failed whether it failed
     * @param latency how long it took, in nanoseconds; {@link CallTally#UNMEASURED} where it was not measured
     * @param now the current {@link io.breaker.time.Ticker#nanos()}; not looked at by a count window
     * @return what that did to the figures
     */
    public abstract Change record(boolean failed, long latency, long now);

    /**
     * Gives the figures as of the newest recorded call that was not {@link Change#NONE} or {@link Change#BETTER}. For who
     * judges such a call that is as good as the figures themselves, which take in all calls since, and costs less.
     *
     * @return the figures, which move on with the window
     */
    public abstract WindowFigures judged();

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
