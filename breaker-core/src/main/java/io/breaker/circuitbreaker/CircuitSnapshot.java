package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.window.CallStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells how a breaker is at one moment. Immutable.
 *
 * @param state the state
 * @param since when the breaker entered it, by the wall clock
 * @param reopens how often in a row the circuit went from HALF_OPEN back to OPEN; 0 once it has closed
 * @param retryAfter what is left of the cooldown, {@link Duration#ZERO} once it is over; empty unless OPEN with an end
 * @param stats what the window holds; while OPEN or FORCED_OPEN what it held when the stay before ended
 * @param totals what became of all calls since the breaker was made
 * @param failureStreak how many recorded calls failed in a row, up to the last; while OPEN or FORCED_OPEN that of the
 *     stay before
 * @param probeSuccesses successes in this HALF_OPEN; 0 in any other state
 * @param wouldOpen whether the tripper held after the last recorded outcome in METRICS_ONLY; false in any other state
 */
public record CircuitSnapshot(
        CircuitState state,
        Instant since,
        int reopens,
        Optional<Duration> retryAfter,
        CallStats stats,
        CallTotals totals,
        int failureStreak,
        int probeSuccesses,
        boolean wouldOpen) {}
