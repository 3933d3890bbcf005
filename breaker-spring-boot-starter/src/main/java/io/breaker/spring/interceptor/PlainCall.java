package io.breaker.spring.interceptor;

import io.breaker.spring.registry.Passage;
import java.util.List;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Calls a method that is done when it returns. */
enum PlainCall implements CallStyle {
    INSTANCE;

    @Override
    public @Nullable Object guard(Passage passage, MethodInvocation invocation, Rescue rescue) throws Throwable {
        try {
            return passage.pipeline().call(() -> Proceeding.attempt(passage, invocation));
        } catch (Throwable thrown) {
            return rescue.of(invocation).answer(thrown);
        }
    }

    @Override
    public @Nullable Object proceed(MethodInvocation invocation, Rescue rescue) throws Throwable {
        try {
            return invocation.proceed();
        } catch (Throwable thrown) {
            return rescue.of(invocation).answer(thrown);
        }
    }

    @Override
    public List<Class<?>> wrappers() {
        return List.of();
    }
}
