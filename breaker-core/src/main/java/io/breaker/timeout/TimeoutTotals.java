package io.breaker.timeout;

/**
 * Counts how the calls of a timeout ended since it was made. Immutable.
 *
 * @param inTime calls that ended within the limit, however they ended: cancelled ones too
 * @param timedOut calls that did not
 */
public record TimeoutTotals(long inTime, long timedOut) {}
