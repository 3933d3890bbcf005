package io.breaker.spring.http;

import io.breaker.policy.CertainFailure;
import io.breaker.policy.Releasable;
import io.breaker.policy.RetryAfter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows a breaker and a retry why an HTTP call failed that brought a response. The caller of the client does not see it: he
 * gets the response. Safe for concurrent use.
 */
public final class FailedStatusException extends RuntimeException implements CertainFailure, RetryAfter, Releasable {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable Duration retryAfter;
    /** Lets go of the response; null where that is done, or the caller has it: a breaker keeps its last failure. */
    private transient volatile @Nullable Runnable held;

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

    /** Holds on to the response until it is known whether the caller gets it. */
    void hold(Runnable response) {
        held = response;
    }

    /** Leaves the response to the caller; false where it was let go already. */
    boolean handOver() {
        boolean whole = held != null;
        held = null;
        return whole;
    }

    /** {@inheritDoc} */
    @Override
    public void release() {
        Runnable holding = held;
        held = null;
        if (holding != null) {
            holding.run();
        }
    }
}
