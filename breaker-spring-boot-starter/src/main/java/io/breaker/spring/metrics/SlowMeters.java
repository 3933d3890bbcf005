package io.breaker.spring.metrics;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.window.CallStats;
import io.breaker.expression.Durations;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of the slow calls of one breaker, one for each threshold that its tripper asks for. */
final class SlowMeters {

    private final BreakerMeters meters;
    private final Set<Duration> registered = ConcurrentHashMap.newKeySet();

    SlowMeters(BreakerMeters meters) {
        this.meters = meters;
    }

    /** Looks for thresholds that are new: by other settings, or because a state without a window was left. */
    void registerNewThresholds() {
        meters.breaker().snapshot().stats().slow().keySet().stream()
                .filter(registered::add)
                .forEach(this::register);
    }

    private void register(Duration threshold) {
        meters.gauge(
                "slow.rate",
                "Share of calls in the window that took the threshold or longer",
                Tags.of("threshold", Durations.format(threshold)),
                breaker -> slowRate(breaker, threshold));
    }

    private static double slowRate(CircuitBreaker breaker, Duration threshold) {
        CallStats stats = breaker.snapshot().stats();
        boolean known = stats.total() > 0 && stats.slow().containsKey(threshold);
        return known ? (double) stats.slow(threshold) / stats.total() : Double.NaN;
    }
}
