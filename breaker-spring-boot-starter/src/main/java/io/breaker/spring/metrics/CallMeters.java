package io.breaker.spring.metrics;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Failed;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Succeeded;
import io.breaker.event.Registration;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The meters of the calls of one breaker: how many there were, how they ended, how long they took. */
final class CallMeters {

    private static final String OUTCOME = "outcome";
    private static final String SUCCESS = "success";
    private static final String FAILURE = "failure";
    private static final String IGNORED = "ignored";
    private static final String RESPONSE_TIME = "response.time";
    private static final String RESPONSE_TIME_DESCRIPTION = "Latency of calls that were let through";

    private final BreakerMeters meters;

    CallMeters(BreakerMeters meters) {
        this.meters = meters;
    }

    void register() {
        requests(SUCCESS, CallTotals::succeeded);
        requests(FAILURE, CallTotals::failed);
        requests(IGNORED, CallTotals::ignored);
        meters.counter(
                "rejected.requests",
                "Calls that were not let through",
                Tags.empty(),
                breaker -> totalsOf(breaker).rejected());
        meters.gauge(
                "failure.rate",
                "Share of failed calls in the window",
                Tags.empty(),
                breaker -> breaker.snapshot().stats().failureRate().orElse(Double.NaN));
    }

    /** Publishes how long calls took, as read from the breaker. */
    void registerTimes() {
        responseTime(SUCCESS, CallTotals::succeeded, CallTotals::succeededTime);
        responseTime(FAILURE, CallTotals::failed, CallTotals::failedTime);
    }

    /**
     * Publishes how long calls took, as timers that are told of each call. They have the percentiles and the histogram
     * that the application asks for. Calls that were not measured are not in them.
     *
     * @return ends the telling
     */
    List<Registration> registerHistograms() {
        Timer success = meters.timer(RESPONSE_TIME, RESPONSE_TIME_DESCRIPTION, Tags.of(OUTCOME, SUCCESS));
        Timer failure = meters.timer(RESPONSE_TIME, RESPONSE_TIME_DESCRIPTION, Tags.of(OUTCOME, FAILURE));
        CircuitBreaker breaker = meters.breaker();
        return List.of(
                breaker.onEvent(Succeeded.class, call -> call.latency().ifPresent(success::record)),
                breaker.onEvent(Failed.class, call -> call.latency().ifPresent(failure::record)));
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
                RESPONSE_TIME,
                RESPONSE_TIME_DESCRIPTION,
                Tags.of(OUTCOME, outcome),
                breaker -> count.applyAsLong(totalsOf(breaker)),
                breaker -> time.apply(totalsOf(breaker)));
    }

    private static CallTotals totalsOf(CircuitBreaker breaker) {
        return breaker.snapshot().totals();
    }
}
