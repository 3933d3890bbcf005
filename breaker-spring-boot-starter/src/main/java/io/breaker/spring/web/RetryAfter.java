package io.breaker.spring.web;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.policy.CallRejectedException;
import java.time.Duration;
import java.util.Optional;

/** Tells a client when to come back, in the whole seconds of the HTTP header {@code Retry-After}. */
final class RetryAfter {

    /** A probe is out, or a call, and will end soon; the client cannot be told to wait for less. */
    private static final long LEAST_SECONDS = 1;

    private RetryAfter() {}

    /** Gives at least 1; empty where nobody knows when calls are let in again. */
    static Optional<Long> seconds(CallRejectedException rejection) {
        return rejection instanceof CallNotPermittedException notPermitted
                ? seconds(notPermitted)
                : Optional.of(LEAST_SECONDS);
    }

    private static Optional<Long> seconds(CallNotPermittedException rejection) {
        if (rejection.state() == CircuitState.HALF_OPEN) {
            return Optional.of(LEAST_SECONDS);
        }
        return rejection.retryAfter().or(rejection::overrideEndsIn).map(RetryAfter::roundedUp);
    }

    private static long roundedUp(Duration left) {
        long seconds = left.getNano() == 0 ? left.getSeconds() : left.getSeconds() + 1;
        return Math.max(seconds, LEAST_SECONDS);
    }
}
