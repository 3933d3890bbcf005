package io.breaker.timeout;

import io.breaker.expression.Durations;
import io.breaker.policy.CertainFailure;
import java.time.Duration;

/**
 * Says that a call did not end within its limit.
 *
 * <p>It is a failure whatever a breaker's tracker says, and no rejection: the call was made. What the call threw when it ended too late is
 * {@linkplain #getSuppressed() suppressed}; it is not the cause, because it is what came of the timeout.
 */
public final class CallTimeoutException extends RuntimeException implements CertainFailure {

    private static final long serialVersionUID = 1L;

    private final String timeoutName;
    private final Duration limit;

    /** Makes the failure of one call; a timer's thread has no stack that tells anything. */
    CallTimeoutException(String timeoutName, Duration limit, boolean withStackTrace) {
        super(
                "timeout '" + timeoutName + "': the call did not end within " + Durations.format(limit),
                null,
                /* enableSuppression= */ true,
                withStackTrace);
        this.timeoutName = timeoutName;
        this.limit = limit;
    }

    /**
     * Names the timeout.
     *
     * @return the timeout's name
     */
    public String timeoutName() {
        return timeoutName;
    }

    /**
     * Tells what was exceeded.
     *
     * @return the limit of the timeout, above zero
     */
    public Duration limit() {
        return limit;
    }
}
