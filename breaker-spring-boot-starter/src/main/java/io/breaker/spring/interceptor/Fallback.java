package io.breaker.spring.interceptor;

import io.breaker.policy.Causes;
import java.util.List;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** What answers in place of a guarded method. Immutable. */
final class Fallback {

    private final List<FallbackMethod> methods;
    private final Runnable counter;

    /**
     * Makes a fallback.
     *
     * @param methods the methods that may answer, in any order
     * @param counter told of each call that one of them was asked to answer
     */
    Fallback(List<FallbackMethod> methods, Runnable counter) {
        this.methods = methods.stream().sorted(FallbackMethod.NEAREST_FIRST).toList();
        this.counter = counter;
    }

    /**
     * Answers a call.
     *
     * @param thrown what came out of the call
     * @return the answer
     * @throws Throwable {@code thrown} itself if no method takes it, else what the method threw
     */
    @Nullable
    Object answer(MethodInvocation invocation, Throwable thrown) throws Throwable {
        for (FallbackMethod method : methods) {
            if (method.takes(thrown)) {
                counter.run();
                return answer(method, invocation, thrown);
            }
        }
        throw thrown;
    }

    private @Nullable Object answer(FallbackMethod method, MethodInvocation invocation, Throwable thrown)
            throws Throwable {
        try {
            return method.invoke(invocation, thrown);
        } catch (Throwable second) {
            Causes.suppress(second, thrown);
            throw second;
        }
    }
}
