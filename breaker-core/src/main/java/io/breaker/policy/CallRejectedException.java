package io.breaker.policy;

import org.jspecify.annotations.Nullable;

/**
 * Says that a policy did not let a call be made.
 *
 * <p>A rejection says nothing about the service that was not called: it is never recorded as a failure and never
 * retried. A policy may throw one instance to many callers, so a rejection has no stack trace and takes neither a cause
 * nor suppressed exceptions.
 */
public abstract class CallRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes a rejection.
     *
     * @param message what refused the call; may be null where {@link #getMessage()} is overridden
     */
    protected CallRejectedException(@Nullable String message) {
        // The explicit null cause makes initCause fail: an instance that many threads see must not be changed by one.
        super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    }
}
