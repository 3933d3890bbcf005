package io.breaker.spring.interceptor;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Answers what the breaker further inside let out of a call. */
final class FallbackInterceptor implements MethodInterceptor {

    private final GuardedClass type;

    FallbackInterceptor(GuardedClass type) {
        this.type = type;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        GuardedMethod method = type.find(invocation);
        return method == null ? invocation.proceed() : method.answer(invocation);
    }
}
