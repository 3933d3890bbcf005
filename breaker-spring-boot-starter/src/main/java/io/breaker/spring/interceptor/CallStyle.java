package io.breaker.spring.interceptor;

import io.breaker.circuitbreaker.CircuitBreaker;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** How a call is made whose method returns its result in a certain way. Implementations have no state. */
interface CallStyle {

    /**
     * Makes the call inside a breaker.
     *
     * @param rescue told of what the breaker lets out
     * @return what the method returned, or what the rescue gave instead
     */
    @Nullable
    Object guard(CircuitBreaker breaker, MethodInvocation invocation, Rescue rescue) throws Throwable;

    /**
     * Makes the call without a breaker.
     *
     * @param rescue told of what comes out
     * @return what the method returned, or what the rescue gave instead
     */
    @Nullable
    Object proceed(MethodInvocation invocation, Rescue rescue) throws Throwable;
}
