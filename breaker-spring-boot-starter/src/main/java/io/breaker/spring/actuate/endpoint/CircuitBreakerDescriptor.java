package io.breaker.spring.actuate.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitSnapshot;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.Transition;
import io.breaker.circuitbreaker.window.CallStats;
import io.breaker.expression.Durations;
import io.breaker.spring.registry.PolicyTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One breaker, as the endpoint shows it among the others. What is not known is null, and absent in JSON. Immutable.
 *
 * @param name the name
 * @param state the state
 * @param since when the breaker entered it, by the wall clock
 * @param retryAfter what is left of the cooldown, zero once it is over; null unless OPEN with an end
 * @param reopens how often in a row the circuit went from HALF_OPEN back to OPEN
 * @param reason why it entered the state; null before the first transition
 * @param wouldOpen whether the tripper held after the last call; null unless METRICS_ONLY
 * @param healthScore 0, worst, to 100
 * @param calls what the window holds
 * @param totals what became of all calls
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CircuitBreakerDescriptor(
        String name,
        CircuitState state,
        Instant since,
        @Nullable Duration retryAfter,
        int reopens,
        @Nullable String reason,
        @Nullable Boolean wouldOpen,
        int healthScore,
        Calls calls,
        Totals totals) {

    /**
     * What the window of a breaker holds.
     *
     * @param total succeeded and failed calls
     * @param failed failed calls among them
     * @param slow calls that took a threshold or longer, by threshold, such as {@code 3s}; null without slow rules
     * @param failureRate failed calls among all, 0.0 to 1.0; null without calls
     * @param failureStreak how many calls failed in a row, up to the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Calls(
            long total,
            long failed,
            @Nullable Map<String, Long> slow,
            @Nullable Double failureRate,
            int failureStreak) {

        static Calls of(CallStats stats, int failureStreak) {
            return new Calls(
                    stats.total(),
                    stats.failures(),
                    stats.slow().isEmpty() ? null : byText(stats.slow()),
                    stats.total() == 0 ? null : stats.failureRate().orElseThrow(),
                    failureStreak);
        }

        private static Map<String, Long> byText(Map<Duration, Long> slow) {
            Map<String, Long> byText = new LinkedHashMap<>();
            slow.forEach((threshold, calls) -> byText.put(Durations.format(threshold), calls));
            return byText;
        }
    }

    /**
     * What became of all calls since the breaker was made.
     *
     * @param meanLatency mean latency of succeeded and failed calls; null where none was measured
     * @param succeeded calls that succeeded
     * @param failed calls that failed
     * @param ignored calls that counted as neither
     * @param rejected calls that were not let through
     * @param retries calls that were made again
     * @param timeouts calls that were given up
     * @param fallbacks calls that a fallback answered
     * @param bulkheadRejections calls for which there was no room
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Totals(
            @Nullable Duration meanLatency,
            long succeeded,
            long failed,
            long ignored,
            long rejected,
            long retries,
            long timeouts,
            long fallbacks,
            long bulkheadRejections) {

        static Totals of(CallTotals totals, PolicyTotals beside) {
            return new Totals(
                    totals.meanLatency().orElse(null),
                    totals.succeeded(),
                    totals.failed(),
                    totals.ignored(),
                    totals.rejected(),
                    beside.retries(),
                    beside.timeouts(),
                    beside.fallbacks(),
                    beside.bulkheadRejections());
        }
    }

    static CircuitBreakerDescriptor of(CircuitBreaker breaker, PolicyTotals beside) {
        CircuitSnapshot snapshot = breaker.snapshot();
        return new CircuitBreakerDescriptor(
                breaker.name(),
                snapshot.state(),
                snapshot.since(),
                snapshot.retryAfter().orElse(null),
                snapshot.reopens(),
                breaker.history().transitions().stream()
                        .findFirst()
                        .map(Transition::reason)
                        .orElse(null),
                snapshot.state() == CircuitState.METRICS_ONLY ? snapshot.wouldOpen() : null,
                HealthScore.of(snapshot),
                Calls.of(snapshot.stats(), snapshot.failureStreak()),
                Totals.of(snapshot.totals(), beside));
    }

    /** Tells whether the breaker rejects calls: an OPEN whose cooldown is over only waits for the next one. */
    boolean keepsCallsOut() {
        return state == CircuitState.FORCED_OPEN || (state == CircuitState.OPEN && !Duration.ZERO.equals(retryAfter));
    }
}
