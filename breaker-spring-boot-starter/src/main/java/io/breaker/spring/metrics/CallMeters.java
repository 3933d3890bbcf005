package io.breaker.spring.metrics;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.spring.registry.Breakers;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The meters of the calls of one breaker: how many there were, how they ended, how long they took. */
final class CallMeters {

    private static final String OUTCOME = "outcome";
    private static final String SUCCESS = "success";
    private static final String FAILURE = "failure";
    private static final String IGNORED = "ignored";

    private final BreakerMeters meters;
    private final Breakers breakers;

    CallMeters(BreakerMeters meters, Breakers breakers) {
        this.meters = meters;
        this.breakers = breakers;
    }

    void register() {
        requests(SUCCESS, CallTotals::succeeded);
        requests(FAILURE, CallTotals::failed);
        requests(IGNORED, CallTotals::ignored);
        responseTime(SUCCESS, CallTotals::succeeded, CallTotals::succeededTime);
        responseTime(FAILURE, CallTotals::failed, CallTotals::failedTime);
        meters.counter(
                "rejected.requests",
                "Calls that were not let through",
                Tags.empty(),
                breaker -> totalsOf(breaker).rejected());
        meters.counter(
                "fallbacks",
                "Calls that a fallback answered",
                Tags.empty(),
                breaker -> breakers.fallbacks(breaker.name()));
        meters.gauge(
                "failure.rate",
                "Share of failed calls in the window",
                Tags.empty(),
                breaker -> breaker.snapshot().stats().failureRate().orElse(Double.NaN));
    }

    private void requests(String outcome, ToLongFunction<CallTotals> count) {
        meters.counter(
                "requests",
                "Calls that were let through and have ended",
                Tags.of(OUTCOME, outcome),
                breaker -> count.applyAsLong(totalsOf(breaker)));
    }

    /**
     * The count is of all calls with that outcome, so that it agrees with {@code requests}. They are the measured ones
     * too, unless the breaker had {@code measure-latency} turned off for a part of its life.
     */
    private void responseTime(String outcome, ToLongFunction<CallTotals> count, Function<CallTotals, Duration> time) {
        meters.timer(
                "response.time",
                "Latency of calls that were let through",
                Tags.of(OUTCOME, outcome),
                breaker -> count.applyAsLong(totalsOf(breaker)),
                breaker -> time.apply(totalsOf(breaker)));
    }

    private static CallTotals totalsOf(CircuitBreaker breaker) {
        return breaker.snapshot().totals();
    }
}
