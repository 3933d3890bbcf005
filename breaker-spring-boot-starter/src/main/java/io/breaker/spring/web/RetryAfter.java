package io.breaker.spring.web;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.policy.CallRejectedException;
import java.time.Duration;
import java.util.Optional;

/** Tells a client when to come back, in the whole seconds of the HTTP header {@code Retry-After}. */
final class RetryAfter {

    /** A probe is out, or a bulkhead full, for a short while; the client cannot be told to wait for less. */
    private static final long LEAST_SECONDS = 1;

    private RetryAfter() {}

    /** Gives at least 1; empty where nobody knows when the breaker lets calls in again. */
    static Optional<Long> seconds(CallRejectedException rejection) {
        if (rejection instanceof CallNotPermittedException open && open.state() != CircuitState.HALF_OPEN) {
            return open.retryAfter().or(open::overrideEndsIn).map(RetryAfter::roundedUp);
        }
        return Optional.of(LEAST_SECONDS);
    }

    private static long roundedUp(Duration left) {
        long seconds = left.getNano() == 0 ? left.getSeconds() : left.getSeconds() + 1;
        return Math.max(seconds, LEAST_SECONDS);
    }
}
