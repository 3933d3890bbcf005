package io.breaker.spring.interceptor;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** What is done about the exception that comes out of a call. Implementations are safe for concurrent use. */
@FunctionalInterface
interface Rescue {

    /** Does nothing about it. */
    Rescue NONE = invocation -> thrown -> {
        throw thrown;
    };

    /**
     * Prepares for one call. A call whose result comes later is prepared for before it is made, on the caller's thread;
     * any other one only once it failed.
     */
    Attempt of(MethodInvocation invocation);

    /** The rescue of one call. */
    @FunctionalInterface
    interface Attempt {

        /**
         * Answers in place of the call.
         *
         * @param thrown what came out of it, without the wrappers of asynchronous machinery
         * @return the answer
         * @throws Throwable what the caller is to get; {@code thrown} itself if there is no answer
         */
        @Nullable
        Object answer(Throwable thrown) throws Throwable;
    }
}
