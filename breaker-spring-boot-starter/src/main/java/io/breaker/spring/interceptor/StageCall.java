package io.breaker.spring.interceptor;

import io.breaker.spring.registry.LivePipeline;
import io.breaker.spring.registry.Passage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Calls a method that returns a stage; its result is there when the stage ends. */
enum StageCall implements CallStyle {
    INSTANCE;

    @Override
    public CompletionStage<?> guard(LivePipeline pipeline, MethodInvocation invocation, Rescue rescue) {
        Passage passage = pipeline.passage();
        @SuppressWarnings("unchecked") // The method is declared to return a stage.
        Supplier<CompletionStage<@Nullable Object>> call =
                () -> (CompletionStage<@Nullable Object>) Proceeding.attempt(passage, invocation);
        if (rescue == Rescue.NONE) {
            return passage.pipeline().callAsync(call);
        }
        Rescue.Attempt attempt = rescue.of(invocation);
        return RescuedFuture.of(passage.pipeline().callAsync(call), attempt);
    }

    @Override
    public @Nullable Object proceed(MethodInvocation invocation, Rescue rescue) throws Throwable {
        if (rescue == Rescue.NONE) {
            return invocation.proceed();
        }
        Rescue.Attempt attempt = rescue.of(invocation);
        // What other advice throws in place of a stage did not come out of the breaker, which throws nothing.
        Object result = invocation.proceed();
        return result instanceof CompletionStage<?> stage ? RescuedFuture.of(stage, attempt) : result;
    }

    @Override
    public List<Class<?>> wrappers() {
        return List.of(CompletionStage.class);
    }
}
