package io.breaker.spring.interceptor;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Goes on with an invocation where the compiler does not allow every {@link Throwable}. */
final class Proceeding {

    private Proceeding() {}

    /** Throws what the method throws, as it is: also a checked exception that is not declared. */
    static @Nullable Object with(MethodInvocation invocation) {
        return Proceeding.<RuntimeException>unchecked(invocation);
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
