package io.breaker.spring.interceptor;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * How the parameters of a fallback fit a guarded method.
 *
 * @param guarded the parameters of the guarded method
 * @param takesArguments whether they come first in the fallback
 * @param exceptionType the exception that comes last; null for none
 */
record FallbackShape(
        List<Class<?>> guarded,
        boolean takesArguments,
        @Nullable Class<?> exceptionType) {

    /** Fits a method; empty if it takes anything else than the parameters or none, then perhaps an exception. */
    static Optional<FallbackShape> of(List<Class<?>> expected, Method fallback) {
        List<Class<?>> actual = List.of(fallback.getParameterTypes());
        if (startsWith(actual, expected)) {
            if (actual.size() == expected.size()) {
                return Optional.of(new FallbackShape(expected, true, null));
            }
            if (actual.size() == expected.size() + 1 && isException(actual.get(expected.size()))) {
                return Optional.of(new FallbackShape(expected, true, actual.get(expected.size())));
            }
        }
        if (actual.isEmpty()) {
            return Optional.of(new FallbackShape(expected, false, null));
        }
        return actual.size() == 1 && isException(actual.get(0))
                ? Optional.of(new FallbackShape(expected, false, actual.get(0)))
                : Optional.empty();
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
     * @param owner finds the object that the method belongs to
     * @throws IllegalAccessException if it cannot be made accessible
     */
    FallbackMethod bind(Method fallback, Function<MethodInvocation, Object> owner) throws IllegalAccessException {
        fallback.trySetAccessible();
        MethodHandle handle = MethodHandles.lookup().unreflect(fallback);
        if (Modifier.isStatic(fallback.getModifiers())) {
            handle = MethodHandles.dropArguments(handle, 0, Object.class);
        }
        if (!takesArguments) {
            handle = MethodHandles.dropArguments(handle, 1, guarded);
        }
        if (exceptionType == null) {
            handle = MethodHandles.dropArguments(handle, 1 + guarded.size(), Throwable.class);
        }
        MethodType spread = MethodType.methodType(Object.class, Object.class, Object[].class, Throwable.class);
        MethodHandle uniform = handle.asType(generic())
                .asSpreader(1, Object[].class, guarded.size())
                .asType(spread);
        return new FallbackMethod(owner, uniform, exceptionType, takesArguments);
    }

    private MethodType generic() {
        return MethodType.genericMethodType(2 + guarded.size())
                .changeParameterType(1 + guarded.size(), Throwable.class);
    }
}
