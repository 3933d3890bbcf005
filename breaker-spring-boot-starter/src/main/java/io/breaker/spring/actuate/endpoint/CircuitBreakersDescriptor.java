package io.breaker.spring.actuate.endpoint;

import io.breaker.circuitbreaker.CircuitState;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * All breakers, as the endpoint shows them. Immutable.
 *
 * @param status {@code healthy} when no breaker is open, {@code degraded} when fewer than half are, else
 *     {@code unhealthy}; a breaker that only waits for the next call after its cooldown is not open
 * @param summary how many breakers are in which state
 * @param circuitBreakers the breakers, the lowest health score first, then by name
 */
public record CircuitBreakersDescriptor(String status, Summary summary, List<CircuitBreakerDescriptor> circuitBreakers)
        implements OperationResponseBody {

    private static final Comparator<CircuitBreakerDescriptor> WORST_FIRST = Comparator.comparingInt(
                    CircuitBreakerDescriptor::healthScore)
            .thenComparing(CircuitBreakerDescriptor::name);

    /**
     * Counts breakers by their state.
     *
     * @param total all of them
     * @param closed in CLOSED
     * @param open in OPEN, whether or not the cooldown is over
     * @param halfOpen in HALF_OPEN
     * @param metricsOnly in METRICS_ONLY
     * @param disabled in DISABLED
     * @param forcedOpen in FORCED_OPEN
     */
    public record Summary(
            int total, int closed, int open, int halfOpen, int metricsOnly, int disabled, int forcedOpen) {

        static Summary of(List<CircuitBreakerDescriptor> breakers) {
            Map<CircuitState, Integer> counts = new EnumMap<>(CircuitState.class);
            breakers.forEach(breaker -> counts.merge(breaker.state(), 1, Integer::sum));
            return new Summary(
                    breakers.size(),
                    counts.getOrDefault(CircuitState.CLOSED, 0),
                    counts.getOrDefault(CircuitState.OPEN, 0),
                    counts.getOrDefault(CircuitState.HALF_OPEN, 0),
                    counts.getOrDefault(CircuitState.METRICS_ONLY, 0),
                    counts.getOrDefault(CircuitState.DISABLED, 0),
                    counts.getOrDefault(CircuitState.FORCED_OPEN, 0));
        }
    }

    static CircuitBreakersDescriptor of(List<CircuitBreakerDescriptor> breakers) {
        return new CircuitBreakersDescriptor(
                statusOf(breakers),
                Summary.of(breakers),
                breakers.stream().sorted(WORST_FIRST).toList());
    }

    private static String statusOf(List<CircuitBreakerDescriptor> breakers) {
        long open = breakers.stream()
                .filter(CircuitBreakerDescriptor::keepsCallsOut)
                .count();
        if (open == 0) {
            return "healthy";
        }
        return open * 2 < breakers.size() ? "degraded" : "unhealthy";
    }
}
