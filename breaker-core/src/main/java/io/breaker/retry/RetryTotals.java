package io.breaker.retry;

/**
 * Counts what became of every call since a retry was made. Immutable.
 *
 * @param calls calls that were begun, however many attempts they took
 * @param retries attempts that were made after a first one
 * @param succeededAfterRetry calls whose second or later attempt succeeded
 * @param failed calls whose caller got a failure, retried or not
 * @param exhausted those of them whose failure was one to retry: attempts or budget were used up, or the wait was cut
 *     short
 */
public record RetryTotals(long calls, long retries, long succeededAfterRetry, long failed, long exhausted) {}
