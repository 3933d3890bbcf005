package io.breaker.spring.registry;

import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.retry.RetryConfig;
import io.breaker.timeout.TimeoutConfig;
import org.jspecify.annotations.Nullable;

/**
 * The settings of all policies of one name.
 *
 * @param breaker those of the breaker
 * @param retry those of the retry; null where none was configured
 * @param bulkhead those of the bulkhead; null where none was configured
 * @param timeout those of the timeout; null where none was configured
 */
record PipelineConfig(
        CircuitBreakerConfig breaker,
        @Nullable RetryConfig retry,
        @Nullable BulkheadConfig bulkhead,
        @Nullable TimeoutConfig timeout) {

    /** Tells whether there is nothing beside the breaker. */
    boolean isBreakerAlone() {
        return retry == null && bulkhead == null && timeout == null;
    }
}
