package io.breaker.pipeline;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.policy.Policy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One policy around another. */
record Nested(Policy outer, Policy inner) implements Policy {

    /** Nests policies, the first outermost. One alone stands for itself: its calls take no way around. */
    static Policy of(List<Policy> policies) {
        if (policies.isEmpty()) {
            return Direct.INSTANCE;
        }
        Policy nested = policies.get(policies.size() - 1);
        for (int i = policies.size() - 2; i >= 0; i--) {
            nested = nest(policies.get(i), nested);
        }
        return nested;
    }

    private static Policy nest(Policy outer, Policy inner) {
        if (outer instanceof CircuitBreaker breaker) {
            if (inner instanceof Bulkhead bulkhead) {
                return QueuedCalls.of(breaker, bulkhead, Direct.INSTANCE);
            }
            if (inner instanceof Nested rest && rest.outer instanceof Bulkhead bulkhead) {
                return QueuedCalls.of(breaker, bulkhead, rest.inner);
            }
        }
        return new Nested(outer, inner);
    }

    @Override
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        return outer.call(() -> inner.call(call));
    }

    @Override
    public <T extends @Nullable Object> T get(Supplier<T> call) {
        return outer.get(() -> inner.get(call));
    }

    @Override
    public void run(Runnable call) {
        outer.run(() -> inner.run(call));
    }

    @Override
    public <T extends @Nullable Object> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        return outer.callAsync(() -> inner.callAsync(call));
    }
}
