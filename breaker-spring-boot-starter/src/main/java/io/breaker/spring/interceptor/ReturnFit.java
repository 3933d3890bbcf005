package io.breaker.spring.interceptor;

import java.lang.reflect.Method;
import java.util.List;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What a fallback may return in place of a guarded method: the same, or where that wraps a value, the value alone or
 * wrapped in another way that the call knows. Type arguments count as far as they are known.
 *
 * @param declared what the guarded method returns; of a suspending function what it resumes with
 * @param wrappers the types around a value that the call knows
 */
record ReturnFit(ResolvableType declared, List<Class<?>> wrappers) {

    static ReturnFit of(Method guarded, Class<?> type, CallStyle style) {
        return new ReturnFit(returned(guarded, type), style.wrappers());
    }

    /** Writes what a method returns. */
    static String text(Method method, Class<?> type) {
        return text(returned(method, type));
    }

    private static ResolvableType returned(Method method, Class<?> type) {
        return KotlinDetector.isSuspendingFunction(method)
                ? ResolvableType.forMethodParameter(method, method.getParameterCount() - 1, type)
                        .getGeneric(0)
                : ResolvableType.forMethodReturnType(method, type);
    }

    /** Tells whether a fallback returns what it must. */
    boolean accepts(Method fallback, Class<?> type) {
        ResolvableType actual = returned(fallback, type);
        if (wrappers.isEmpty()) {
            return !KotlinDetector.isSuspendingFunction(fallback)
                    && (erased(declared) == void.class || isAssignable(erased(declared), erased(actual)));
        }
        Class<?> result = erased(value(declared));
        Class<?> answer = erased(value(actual));
        return isAssignable(result, answer) || (isNothing(result) && isNothing(answer));
    }

    private static boolean isAssignable(Class<?> expected, Class<?> actual) {
        return actual != void.class && ClassUtils.isAssignable(expected, actual);
    }

    private static boolean isNothing(Class<?> type) {
        return type == void.class || type == Void.class || type.getName().equals("kotlin.Unit");
    }

    /** Takes the wrapper off; what has none is the value itself. */
    private ResolvableType value(ResolvableType returned) {
        return wrappers.stream()
                .filter(wrapper -> wrapper.isAssignableFrom(erased(returned)))
                .findFirst()
                .map(wrapper -> returned.as(wrapper).getGeneric(0))
                .orElse(returned);
    }

    private static Class<?> erased(ResolvableType type) {
        return type.resolve(Object.class);
    }

    @Override
    public String toString() {
        return text(declared);
    }

    private static String text(ResolvableType type) {
        ResolvableType[] generics = type.getGenerics();
        if (generics.length == 0) {
            return erased(type).getSimpleName();
        }
        StringBuilder text = new StringBuilder(erased(type).getSimpleName()).append('<');
        for (int index = 0; index < generics.length; index++) {
            text.append(index == 0 ? "" : ", ").append(text(generics[index]));
        }
        return text.append('>').toString();
    }
}
