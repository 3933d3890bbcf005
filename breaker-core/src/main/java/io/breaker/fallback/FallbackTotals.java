package io.breaker.fallback;

/**
 * Counts what a fallback did since it was made. Immutable.
 *
 * @param answered failures that it gave an answer to
 * @param failed failures that it was for, and to which it threw something itself
 */
public record FallbackTotals(long answered, long failed) {}
