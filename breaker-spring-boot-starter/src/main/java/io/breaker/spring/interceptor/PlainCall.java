package io.breaker.spring.interceptor;

import io.breaker.spring.registry.LivePipeline;
import io.breaker.spring.registry.Passage;
import java.util.List;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Calls a method that is done when it returns. */
enum PlainCall implements CallStyle {
    INSTANCE;

    @Override
    public @Nullable Object guard(LivePipeline pipeline, MethodInvocation invocation, Rescue rescue) throws Throwable {
        Passage passage = pipeline.passage();
        try {
            return passage.pipeline().call(() -> Proceeding.attempt(passage, invocation));
        } catch (Throwable thrown) {
            return answer(rescue.of(invocation), thrown);
        }
    }

    @Override
    public @Nullable Object proceed(MethodInvocation invocation, Rescue rescue) throws Throwable {
        try {
            return invocation.proceed();
        } catch (Throwable thrown) {
            return answer(rescue.of(invocation), thrown);
        }
    }

    private static @Nullable Object answer(Rescue.Attempt attempt, Throwable thrown) throws Throwable {
        boolean hidden = thrown instanceof InterruptedException;
        try {
            return attempt.answer(thrown);
        } catch (Throwable other) {
            hidden &= other != thrown;
            throw other;
        } finally {
            // Whoever caught the interruption has cleared the flag; an answer must not hide it from the caller.
            if (hidden) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public List<Class<?>> wrappers() {
        return List.of();
    }
}
