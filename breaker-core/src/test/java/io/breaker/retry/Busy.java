package io.breaker.retry;

import io.breaker.policy.RetryAfter;
import java.time.Duration;
import java.util.Optional;

/** A failure that asks for a delay. */
final class Busy extends RuntimeException implements RetryAfter {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    Busy(Duration delay) {
        super("busy");
        this.delay = delay;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(delay);
    }
}
