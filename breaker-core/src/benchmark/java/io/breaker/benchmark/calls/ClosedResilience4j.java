package io.breaker.benchmark.calls;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A breaker of Resilience4j that lets every call through. */
@State(Scope.Benchmark)
public class ClosedResilience4j {

    CircuitBreaker breaker;
    private Settings settings;

    /**
     * Makes the breaker.
     *
     * @param common what all contenders are set to
     */
    @Setup
    public void make(Settings common) {
        settings = common;
        breaker = CircuitBreaker.of(
                "benchmark",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                settings.timeWindow() ? settings.seconds : settings.size,
                                Settings.MIN_CALLS,
                                settings.timeWindow() ? SlidingWindowType.TIME_BASED : SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(settings.percent)
                        .build());
    }

    /**
     * Fails the run unless the breaker is closed and its window holds the last calls.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        long inWindow = crew.checkAllLetThrough(settings.timeWindow() ? Long.MAX_VALUE : settings.size);
        CircuitBreaker.Metrics metrics = breaker.getMetrics();
        Crew.checkEquals("state", CircuitBreaker.State.CLOSED, breaker.getState());
        Crew.checkEquals("calls in the window", inWindow, metrics.getNumberOfBufferedCalls());
        Crew.checkEquals("failures", crew.failures() > 0, metrics.getNumberOfFailedCalls() > 0);
    }
}
