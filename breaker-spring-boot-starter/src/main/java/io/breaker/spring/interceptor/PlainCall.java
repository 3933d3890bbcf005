package io.breaker.spring.interceptor;

import io.breaker.circuitbreaker.CircuitBreaker;
import java.util.concurrent.Callable;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Calls a method that is done when it returns. */
enum PlainCall implements CallStyle {
    INSTANCE;

    @Override
    public @Nullable Object guard(CircuitBreaker breaker, MethodInvocation invocation, Rescue rescue) throws Throwable {
        try {
            Callable<@Nullable Object> call = () -> Proceeding.with(invocation);
            return breaker.call(call);
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
}
