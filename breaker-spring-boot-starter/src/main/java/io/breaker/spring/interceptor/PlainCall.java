package io.breaker.spring.interceptor;

import io.breaker.spring.registry.Passage;
import java.util.List;
import java.util.concurrent.Callable;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Calls a method that is done when it returns. */
enum PlainCall implements CallStyle {
    INSTANCE;

    @Override
    public @Nullable Object guard(Passage passage, MethodInvocation invocation, Rescue rescue) throws Throwable {
        try {
            // Not one lambda that asks inside: it would hold one object more, for each call.
            Callable<@Nullable Object> call =
                    passage.repeats() ? () -> Proceeding.afresh(invocation) : () -> Proceeding.with(invocation);
            return passage.pipeline().call(call);
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
