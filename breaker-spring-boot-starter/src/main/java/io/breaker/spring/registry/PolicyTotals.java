package io.breaker.spring.registry;

/**
 * Counts what the policies beside a breaker did since the start. Immutable.
 *
 * @param retries attempts that were made after a first one
 * @param timeouts attempts that were given up
 * @param fallbacks calls that a fallback answered
 * @param bulkheadRejections attempts for which there was no room
 */
public record PolicyTotals(long retries, long timeouts, long fallbacks, long bulkheadRejections) {

    /** What is counted of a name that nobody knows. */
    static final PolicyTotals ZERO = new PolicyTotals(0, 0, 0, 0);
}
