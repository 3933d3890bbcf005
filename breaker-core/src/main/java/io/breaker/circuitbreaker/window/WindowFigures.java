package io.breaker.circuitbreaker.window;

import java.time.Duration;

/**
 * What a tripper asks of a window. Safe for concurrent use; each figure is read by itself, so two of them may be a few
 * calls apart while calls are being recorded.
 */
public interface WindowFigures {

    /**
     * Tells how many calls the window holds.
     *
     * @return succeeded and failed calls, at least 0
     */
    long total();

    /**
     * Tells how many failed calls the window holds.
     *
     * @return failed calls, at least 0
     */
    long failures();

    /**
     * Tells how many calls took a threshold or longer.
     *
     * @param threshold one of the {@link WindowRules#slowThresholds()}
     * @return slow calls; 0 for any other threshold
     */
    long slow(Duration threshold);

    /**
     * Tells the mean latency of the calls in the window whose latency was measured.
     *
     * @return nanoseconds; {@link Double#NaN} without such calls, and where the rules do not ask for it
     */
    double meanLatencyNanos();

    /**
     * Tells how many calls failed in a row up to now, whether or not the window still holds them.
     *
     * @return 0 if the last call succeeded
     */
    int failureStreak();
}
