package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.window.CallTally;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts what became of every call since a breaker was made, in all its states. Immutable.
 *
 * @param succeeded calls that succeeded
 * @param failed calls that failed
 * @param ignored calls that counted as neither
 * @param rejected calls that were not let through
 * @param succeededTime sum of the latencies of the succeeded calls that were measured
 * @param failedTime sum of the latencies of the failed calls that were measured
 * @param meanLatency arithmetic mean over the succeeded and failed calls that were measured; empty without any
 */
public record CallTotals(
        long succeeded,
        long failed,
        long ignored,
        long rejected,
        Duration succeededTime,
        Duration failedTime,
        Optional<Duration> meanLatency) {

    static CallTotals of(CallTally.Sums sums) {
        long timed = sums.succeeded() + sums.failed() - sums.untimed();
        long nanos = sums.succeededNanos() + sums.failedNanos();
        return new CallTotals(
                sums.succeeded(),
                sums.failed(),
                sums.ignored(),
                sums.rejected(),
                Duration.ofNanos(sums.succeededNanos()),
                Duration.ofNanos(sums.failedNanos()),
                timed == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos / timed)));
    }
}
