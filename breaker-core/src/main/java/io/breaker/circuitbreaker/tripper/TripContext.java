package io.breaker.circuitbreaker.tripper;

import io.breaker.circuitbreaker.window.CallStats;
import java.time.Duration;

/**
 * What a {@link Tripper} may look at: the recorded calls and the situation. Valid during the call of
 * {@link Tripper#trips} only, and asked after each recorded call, so a tripper should ask for single figures rather than
 * for {@link #stats()}.
 */
public interface TripContext {

    /**
     * Gives all figures of the window at once.
     *
     * @return the calls that the window holds
     */
    CallStats stats();

    /**
     * Tells in which of two situations the tripper is asked.
     *
     * @return true in HALF_OPEN, where the window holds the probes alone; false in CLOSED and in METRICS_ONLY
     */
    boolean halfOpen();

    /**
     * Tells how many calls failed in a row up to now, whether or not the window still holds them.
     *
     * @return 0 if the last call succeeded
     */
    int failureStreak();

    /**
     * Tells how many successes close a half-open circuit.
     *
     * @return at least 1
     */
    int successThreshold();

    /**
     * Tells how many succeeded and failed calls the window holds.
     *
     * @return at least 0
     */
    default long total() {
        return stats().total();
    }

    /**
     * Tells how many of them failed.
     *
     * @return 0 to {@link #total()}
     */
    default long failures() {
        return stats().failures();
    }

    /**
     * Tells how many of them took a threshold or longer.
     *
     * @param threshold the threshold of a {@code slowRate} in the tripper
     * @return 0 to {@link #total()}; 0 for any other threshold
     */
    default long slow(Duration threshold) {
        return stats().slow(threshold);
    }

    /**
     * Tells how long they took on average.
     *
     * @return the arithmetic mean in nanoseconds; NaN without calls, or where the tripper has no {@code avgLatency}
     */
    default double meanLatencyNanos() {
        return stats().meanLatency().map(Nanos::of).orElse(Double.NaN);
    }

    /**
     * Makes a context of fixed values.
     *
     * @param stats the calls that the window holds
     * @param halfOpen whether the circuit is half open
     * @param failureStreak how many calls failed in a row, at least 0
     * @param successThreshold how many successes close a half-open circuit, at least 1
     * @return the context
     */
    static TripContext of(CallStats stats, boolean halfOpen, int failureStreak, int successThreshold) {
        return new FixedTripContext(stats, halfOpen, failureStreak, successThreshold);
    }
}
