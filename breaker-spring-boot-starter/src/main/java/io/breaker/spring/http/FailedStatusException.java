package io.breaker.spring.http;

import io.breaker.policy.RetryAfter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows a breaker why an HTTP call failed that brought a response. Nobody throws it: the caller of the client gets the
 * response. Immutable.
 */
public final class FailedStatusException extends RuntimeException implements RetryAfter {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable Duration retryAfter;

    FailedStatusException(int status, Optional<Duration> retryAfter) {
        // Without a stack trace: where the response came in says nothing, and a service that is down sends many.
        super("HTTP status " + status, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.status = status;
        this.retryAfter = retryAfter.orElse(null);
    }

    /**
     * Tells the status of the response.
     *
     * @return such as 503
     */
    public int status() {
        return status;
    }

    /**
     * Tells what the response's {@code Retry-After} asks for.
     *
     * @return empty where it has none that can be read
     */
    @Override
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
