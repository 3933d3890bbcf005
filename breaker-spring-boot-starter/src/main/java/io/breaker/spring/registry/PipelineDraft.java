package io.breaker.spring.registry;

import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.retry.RetryConfig;
import io.breaker.time.Backoff;
import io.breaker.timeout.TimeoutConfig;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of all policies of one name. A retry comes about by the first of its settings, and so does a
 * bulkhead; a timeout comes about by its limit, since it has no other by default. Not safe for concurrent use.
 */
final class PipelineDraft {

    private final CircuitBreakerConfig.Builder breaker;
    private RetryConfig.@Nullable Builder retry;
    private Backoff backoff = RetryConfig.DEFAULT_BACKOFF;
    private @Nullable BulkheadConfig bulkhead;
    private @Nullable TimeoutConfig timeout;
    private boolean interrupt = true;

    PipelineDraft(CircuitBreakerConfig.Builder breaker) {
        this.breaker = breaker;
    }

    CircuitBreakerConfig.Builder breaker() {
        return breaker;
    }

    RetryConfig.Builder retry() {
        if (retry == null) {
            retry = RetryConfig.builder();
        }
        return retry;
    }

    /** Changes one part of the backoff, and refuses it at once where it is wrong. */
    void backoff(UnaryOperator<Backoff> change) {
        backoff = change.apply(backoff);
        retry();
    }

    /** Changes one part of the bulkhead, and refuses it at once where it is wrong. */
    void bulkhead(UnaryOperator<BulkheadConfig.Builder> change) {
        BulkheadConfig.Builder builder = bulkhead == null ? BulkheadConfig.builder() : bulkhead.toBuilder();
        bulkhead = change.apply(builder).build();
    }

    void timeout(TimeoutConfig limit) {
        timeout = limit;
    }

    void interrupt(boolean interrupts) {
        interrupt = interrupts;
    }

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException if some of them do not fit together
     */
    PipelineConfig build() {
        CircuitBreakerConfig config = breaker.build();
        return new PipelineConfig(
                config,
                retry == null
                        ? null
                        : retry.backoff(backoff).retryAfter(config.retryAfter()).build(),
                bulkhead,
                timeout == null ? null : timeout.withInterrupt(interrupt));
    }
}
