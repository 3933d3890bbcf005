package io.breaker.spring.interceptor;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Runs guarded methods inside their breakers. */
final class CircuitBreakerInterceptor implements MethodInterceptor {

    private final GuardedClass type;

    CircuitBreakerInterceptor(GuardedClass type) {
        this.type = type;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        GuardedMethod method = type.find(invocation);
        return method == null ? invocation.proceed() : method.guard(invocation);
    }
}
