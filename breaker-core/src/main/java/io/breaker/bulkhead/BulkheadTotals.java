package io.breaker.bulkhead;

/**
 * Counts the callers that got no slot since a bulkhead was made. Immutable. Those that got one are not counted: the
 * breaker around a bulkhead does so, and it would cost every call.
 *
 * @param full callers that found all slots taken and no place to wait
 * @param timedOut callers that waited in vain
 * @param interrupted callers that were interrupted while they waited
 * @param cancelled asynchronous callers that gave up while they waited; not rejected
 */
public record BulkheadTotals(long full, long timedOut, long interrupted, long cancelled) {

    /**
     * Adds up the rejections.
     *
     * @return how many calls ended with {@link BulkheadFullException}
     */
    public long rejected() {
        return full + timedOut + interrupted;
    }
}
