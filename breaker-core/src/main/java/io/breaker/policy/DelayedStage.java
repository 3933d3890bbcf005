package io.breaker.policy;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * For policies: the stage of a call that may have been kept waiting before it was made, as a bulkhead keeps calls in a
 * queue.
 *
 * <p>The wait says nothing about the service: a circuit breaker leaves it out of the latency.
 *
 * @param <T> the type of the result
 */
public interface DelayedStage<T> extends CompletionStage<T> {

    /**
     * Tells how long the call was kept waiting.
     *
     * @return zero where it did not wait; the time until now as long as it waits
     */
    Duration waited();
}
