package io.breaker.retry;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells what happened at a retry. A call whose first attempt succeeds is no event.
 *
 * <p>An event is made only when somebody listens for its type, and is told on the thread that caused it. Events are
 * immutable.
 */
public sealed interface RetryEvent {

    /**
     * Names the retry.
     *
     * @return the retry's name
     */
    String name();

    /**
     * Tells when it happened, by the wall clock.
     *
     * @return the moment
     */
    Instant at();

    /**
     * Another attempt begins, after the wait for it.
     *
     * @param name the retry's name
     * @param at when the attempt began
     * @param attempt which one, from 2 on
     * @param delay how long the wait was meant to be
     * @param cause how the attempt before failed
     */
    record Retried(String name, Instant at, int attempt, Duration delay, Throwable cause) implements RetryEvent {}

    /**
     * A second or later attempt succeeded.
     *
     * @param name the retry's name
     * @param at when
     * @param attempts how many attempts the call took, from 2 on
     */
    record SucceededAfterRetry(String name, Instant at, int attempts) implements RetryEvent {}

    /**
     * A call failed and is not tried again; its caller gets the failure.
     *
     * @param name the retry's name
     * @param at when
     * @param attempts how many attempts the call took, from 1 on
     * @param reason why there is no further one
     * @param cause how the last attempt failed
     */
    record GaveUp(String name, Instant at, int attempts, Reason reason, Throwable cause) implements RetryEvent {}

    /** Why a failed call is not tried again. */
    enum Reason {

        /**
         * The failure is none to retry: a rejection, an {@link Error}, a cancellation, one that is not tracked, or one
         * after elements that the caller has already.
         */
        NOT_RETRYABLE,

        /** Every attempt was made. */
        ATTEMPTS_USED_UP,

        /** The next attempt would begin after the time budget. */
        BUDGET_USED_UP,

        /** The thread was interrupted before or while it waited for the next attempt. */
        INTERRUPTED,

        /** The scheduler or the executor did not take the next attempt, as one that was closed does. */
        NOT_SCHEDULED
    }
}
