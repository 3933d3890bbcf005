package io.breaker.spring.http;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.pipeline.Pipeline;
import io.breaker.policy.Policy;
import io.breaker.retry.Retry;
import io.breaker.spring.registry.Passage;
import io.breaker.timeout.Timeout;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a name as an HTTP call meets them: in the order of their pipeline, but taken apart around the breaker. A
 * response that has come is settled by its status, whatever the breaker says of exceptions and of results. A failed status
 * is no exception for the bulkhead and the timeout inside, but one for the retry outside. Immutable.
 *
 * @param passage what they were taken from
 * @param retry makes further attempts; null where there is one attempt
 * @param inside stands between the breaker and the call; null where nothing does
 */
record HttpPolicies(
        Passage passage, @Nullable Retry retry, @Nullable Policy inside) {

    static HttpPolicies of(Passage passage) {
        Pipeline pipeline = passage.pipeline();
        Retry retry = pipeline.find(Retry.class).orElse(null);
        Pipeline.Builder inside = Pipeline.builder(pipeline.name());
        pipeline.find(Bulkhead.class).ifPresent(inside::bulkhead);
        pipeline.find(Timeout.class).ifPresent(inside::timeout);
        Pipeline rest = inside.build();
        return new HttpPolicies(passage, retry, rest.policies().isEmpty() ? null : rest);
    }

    CircuitBreaker breaker() {
        return passage.breaker();
    }

    boolean isBreakerAlone() {
        return retry == null && inside == null;
    }

    /** Makes a call inside a policy; it throws what the call may throw, and rejections. */
    @SuppressWarnings("unchecked") // A policy throws nothing checked of its own.
    static <T, X extends Exception> T call(Policy policy, Callable<T> call) throws X {
        try {
            return policy.call(call);
        } catch (Exception thrown) {
            throw (X) thrown;
        }
    }
}
