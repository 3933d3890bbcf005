package io.breaker.pipeline;

import io.breaker.policy.Policy;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the call and nothing else: a pipeline without policies. */
enum Direct implements Policy {
    INSTANCE;

    @Override
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        return call.call();
    }

    @Override
    public <T extends @Nullable Object> T get(Supplier<T> call) {
        return call.get();
    }

    @Override
    public void run(Runnable call) {
        call.run();
    }

    @Override
    public <T extends @Nullable Object> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        try {
            CompletionStage<T> stage = call.get();
            return stage != null
                    ? stage
                    : CompletableFuture.failedFuture(new NullPointerException("the call returned no stage"));
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }
}
