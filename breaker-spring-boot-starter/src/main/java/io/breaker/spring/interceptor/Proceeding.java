package io.breaker.spring.interceptor;

import io.breaker.spring.registry.CallsUnderWay;
import io.breaker.spring.registry.Passage;
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
     * Makes one attempt of a call, inside a breaker that has let it in. Where there may be another one, each begins where
     * the invocation stands now: to proceed moves it on, so a second attempt on itself would leave out the advice further
     * inside.
     */
    static @Nullable Object attempt(Passage passage, MethodInvocation invocation) {
        MethodInvocation attempt = passage.repeats() ? copyOf(invocation) : invocation;
        if (!CallsUnderWay.watched()) {
            return with(attempt);
        }
        CallsUnderWay.enter(passage.breaker());
        try {
            return with(attempt);
        } finally {
            CallsUnderWay.leave();
        }
    }

    /** Makes an attempt likewise, also where the caller's own invocation may have gone on, or another attempt begins. */
    static @Nullable Object afresh(Passage passage, MethodInvocation untouched) {
        return attempt(passage, copyOf(untouched));
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
