package io.breaker.spring.interceptor;

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
    public CompletionStage<?> guard(Passage passage, MethodInvocation invocation, Rescue rescue) {
        Supplier<CompletionStage<@Nullable Object>> call = call(passage, invocation);
        if (rescue == Rescue.NONE) {
            return passage.pipeline().callAsync(call);
        }
        Rescue.Attempt attempt = rescue.of(invocation);
        return RescuedFuture.of(passage.pipeline().callAsync(call), attempt);
    }

    @SuppressWarnings("unchecked") // The method is declared to return a stage.
    private static Supplier<CompletionStage<@Nullable Object>> call(Passage passage, MethodInvocation invocation) {
        return passage.repeats()
                ? () -> (CompletionStage<@Nullable Object>) Proceeding.afresh(invocation)
                : () -> (CompletionStage<@Nullable Object>) Proceeding.with(invocation);
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
