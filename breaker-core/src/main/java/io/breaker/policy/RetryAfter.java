package io.breaker.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * A failure that says when a next call makes sense, as HTTP's {@code Retry-After} does. Exceptions implement it; a retry
 * then waits at least that long, within its own limit.
 */
public interface RetryAfter {

    /**
     * Tells how long to leave the service alone.
     *
     * @return counted from the failure on; empty where it does not say. What is not above zero asks for nothing.
     */
    Optional<Duration> retryAfter();

    /**
     * Tells what a failure asks for: the first delay in its cause chain.
     *
     * @param failure what a call threw
     * @return the delay, above zero; empty where nothing in the chain asks for one
     */
    static Optional<Duration> askedBy(Throwable failure) {
        Throwable link = failure;
        // A chain may run in a circle; no honest one is that long.
        for (int depth = 0; link != null && depth < 64; depth++) {
            if (link instanceof RetryAfter asking) {
                Optional<Duration> delay = asking.retryAfter().filter(asked -> asked.compareTo(Duration.ZERO) > 0);
                if (delay.isPresent()) {
                    return delay;
                }
            }
            link = link.getCause();
        }
        return Optional.empty();
    }
}
