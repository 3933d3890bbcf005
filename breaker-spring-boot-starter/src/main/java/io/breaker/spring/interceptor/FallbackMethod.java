package io.breaker.spring.interceptor;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Comparator;
import java.util.function.Function;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * One method that can answer in place of a guarded one. Immutable.
 *
 * @param owner finds the object it belongs to
 * @param handle called with the owner, the arguments of the guarded method as an array, and the exception
 * @param exceptionType what exceptions it takes; null if it takes none, and so answers all but errors
 * @param takesArguments whether it takes the arguments of the guarded method
 */
record FallbackMethod(
        Function<MethodInvocation, Object> owner,
        MethodHandle handle,
        @Nullable Class<?> exceptionType,
        boolean takesArguments) {

    /** What a handle takes and returns. */
    static final MethodType TYPE = MethodType.methodType(Object.class, Object.class, Object[].class, Throwable.class);

    /**
     * The nearest first. The types that take one exception are all superclasses of it, so the deepest of them is the
     * nearest. Of two with the same type the one that takes the arguments knows more.
     */
    static final Comparator<FallbackMethod> NEAREST_FIRST = Comparator.comparingInt(FallbackMethod::depth)
            .thenComparing(FallbackMethod::takesArguments)
            .reversed();

    private int depth() {
        int depth = 0;
        for (Class<?> type = exceptionType; type != null; type = type.getSuperclass()) {
            depth++;
        }
        return depth;
    }

    /** Tells whether it can answer where this came out of the call. */
    boolean takes(Throwable thrown) {
        return exceptionType != null ? exceptionType.isInstance(thrown) : !(thrown instanceof Error);
    }

    @Nullable
    Object invoke(MethodInvocation invocation, Throwable thrown) throws Throwable {
        Object[] arguments = invocation.getArguments();
        return (Object) handle.invokeExact(owner.apply(invocation), arguments, thrown);
    }
}
