package io.breaker.spring.interceptor;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;
import org.springframework.core.CoroutinesUtils;

/** Calls a fallback that suspends: gives a publisher, which completes when the fallback resumes. */
final class SuspendingFallback {

    private final Method method;
    private final FallbackShape shape;

    SuspendingFallback(Method method, FallbackShape shape) {
        this.method = method;
        this.shape = shape;
    }

    /** Makes the method callable like one that does not suspend. */
    MethodHandle handle() throws IllegalAccessException {
        try {
            return MethodHandles.lookup().bind(this, "call", FallbackMethod.TYPE);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Object call(Object owner, @Nullable Object[] guarded, Throwable thrown) {
        List<@Nullable Object> arguments = new ArrayList<>();
        if (shape.takesArguments()) {
            arguments.addAll(Arrays.asList(guarded).subList(0, shape.arguments()));
        }
        if (shape.exceptionType() != null) {
            arguments.add(thrown);
        }
        Object last = guarded.length > shape.arguments() ? guarded[shape.arguments()] : null;
        return last instanceof Continuation<?> continuation
                ? CoroutinesUtils.invokeSuspendingFunction(contextOf(continuation), method, owner, arguments.toArray())
                : CoroutinesUtils.invokeSuspendingFunction(method, owner, arguments.toArray());
    }

    /** The fallback runs in the context of its caller, and is cancelled with the publisher, not with the caller's job. */
    private static CoroutineContext contextOf(Continuation<?> caller) {
        return caller.getContext().minusKey(Job.Key);
    }
}
