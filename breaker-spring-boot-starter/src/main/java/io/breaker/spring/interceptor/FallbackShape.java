package io.breaker.spring.interceptor;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;

/**
 * How the parameters of a fallback fit a guarded method.
 *
 * @param guarded the parameters of the guarded method, with the continuation of a suspending function
 * @param arguments how many of them a fallback may take: all but the continuation
 * @param takesArguments whether they come first in the fallback
 * @param exceptionType the exception that comes last; null for none
 */
record FallbackShape(
        List<Class<?>> guarded,
        int arguments,
        boolean takesArguments,
        @Nullable Class<?> exceptionType) {

    /**
     * Fits a method; empty if it takes anything else than the parameters or none, then perhaps an exception.
     *
     * @param guarded the parameters of the guarded method
     * @param suspending whether the guarded method is a suspending function
     */
    static Optional<FallbackShape> of(List<Class<?>> guarded, boolean suspending, Method fallback) {
        List<Class<?>> expected = own(guarded, suspending);
        List<Class<?>> actual =
                own(List.of(fallback.getParameterTypes()), KotlinDetector.isSuspendingFunction(fallback));
        int arguments = expected.size();
        if (startsWith(actual, expected)) {
            if (actual.size() == arguments) {
                return Optional.of(new FallbackShape(guarded, arguments, true, null));
            }
            if (actual.size() == arguments + 1 && isException(actual.get(arguments))) {
                return Optional.of(new FallbackShape(guarded, arguments, true, actual.get(arguments)));
            }
        }
        if (actual.isEmpty()) {
            return Optional.of(new FallbackShape(guarded, arguments, false, null));
        }
        return actual.size() == 1 && isException(actual.get(0))
                ? Optional.of(new FallbackShape(guarded, arguments, false, actual.get(0)))
                : Optional.empty();
    }

    /** Leaves out the continuation, which the compiler puts behind the parameters of a suspending function. */
    static List<Class<?>> own(List<Class<?>> parameters, boolean suspending) {
        return suspending ? parameters.subList(0, parameters.size() - 1) : parameters;
    }

    private static boolean startsWith(List<Class<?>> actual, List<Class<?>> expected) {
        return actual.size() >= expected.size()
                && IntStream.range(0, expected.size())
                        .allMatch(index -> ClassUtils.isAssignable(actual.get(index), expected.get(index)));
    }

    private static boolean isException(Class<?> type) {
        return Throwable.class.isAssignableFrom(type);
    }

    /**
     * Makes the method callable with an owner, an array of arguments and an exception, whatever it takes of them.
     *
     * @param source where the method belongs to
     * @throws IllegalAccessException if it cannot be made accessible
     */
    FallbackMethod bind(Method fallback, FallbackSource source) throws IllegalAccessException {
        MethodHandle uniform = KotlinDetector.isSuspendingFunction(fallback)
                ? new SuspendingFallback(fallback, this).handle()
                : handle(fallback, source);
        return new FallbackMethod(source.owner(fallback), uniform, exceptionType, takesArguments);
    }

    private MethodHandle handle(Method fallback, FallbackSource source) throws IllegalAccessException {
        MethodHandle handle = source.handle(fallback);
        if (Modifier.isStatic(fallback.getModifiers())) {
            handle = MethodHandles.dropArguments(handle, 0, Object.class);
        }
        int taken = takesArguments ? arguments : 0;
        handle = MethodHandles.dropArguments(handle, 1 + taken, guarded.subList(taken, guarded.size()));
        if (exceptionType == null) {
            handle = MethodHandles.dropArguments(handle, 1 + guarded.size(), Throwable.class);
        }
        return handle.asType(generic())
                .asSpreader(1, Object[].class, guarded.size())
                .asType(FallbackMethod.TYPE);
    }

    private MethodType generic() {
        return MethodType.genericMethodType(2 + guarded.size())
                .changeParameterType(1 + guarded.size(), Throwable.class);
    }
}
