package io.breaker.spring.interceptor;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** Goes on with an invocation where the compiler does not allow every {@link Throwable}. */
final class Proceeding {

    private Proceeding() {}

    /**
     * Copies an invocation as far as it has come. One object goes on once only: whoever may go on again, or later, keeps a
     * copy that never does, and goes on with copies of that.
     */
    static ProxyMethodInvocation copyOf(MethodInvocation invocation) {
        return (ProxyMethodInvocation) ((ProxyMethodInvocation) invocation).invocableClone();
    }

    /** Throws what the method throws, as it is: also a checked exception that is not declared. */
    static @Nullable Object with(MethodInvocation invocation) {
        return Proceeding.<RuntimeException>unchecked(invocation);
    }

    /**
     * Throws likewise. May be called again, also on another thread: each time the call begins where the invocation stands
     * now. To proceed moves an invocation on, so a second attempt on itself would leave out the advice further inside.
     */
    static @Nullable Object afresh(MethodInvocation invocation) {
        return with(copyOf(invocation));
    }

    @SuppressWarnings("unchecked") // The cast to X does nothing: that is what lets the exception out unchanged.
    private static <X extends Throwable> @Nullable Object unchecked(MethodInvocation invocation) throws X {
        try {
            return invocation.proceed();
        } catch (Throwable thrown) {
            throw (X) thrown;
        }
    }
}
