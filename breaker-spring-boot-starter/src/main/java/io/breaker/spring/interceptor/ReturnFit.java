package io.breaker.spring.interceptor;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What a fallback may return in place of a guarded method. Type arguments count as far as they are known.
 *
 * @param declared what the guarded method returns
 */
record ReturnFit(ResolvableType declared) {

    static ReturnFit of(Method guarded, Class<?> type) {
        return new ReturnFit(ResolvableType.forMethodReturnType(guarded, type));
    }

    /** Writes what a method returns. */
    static String text(Method method, Class<?> type) {
        return new ReturnFit(ResolvableType.forMethodReturnType(method, type)).toString();
    }

    /** Tells whether a fallback returns what it must: for a stage of a type also the type itself. */
    boolean accepts(Method fallback, Class<?> type) {
        ResolvableType actual = ResolvableType.forMethodReturnType(fallback, type);
        if (!isStage(declared)) {
            return erased(declared) == void.class || isAssignable(erased(declared), erased(actual));
        }
        Class<?> result = erased(stageResult(declared));
        return isAssignable(result, erased(isStage(actual) ? stageResult(actual) : actual))
                || (result == Void.class && erased(actual) == void.class);
    }

    private static boolean isAssignable(Class<?> expected, Class<?> actual) {
        return actual != void.class && ClassUtils.isAssignable(expected, actual);
    }

    private static boolean isStage(ResolvableType type) {
        return CompletionStage.class.isAssignableFrom(erased(type));
    }

    private static ResolvableType stageResult(ResolvableType stage) {
        return stage.as(CompletionStage.class).getGeneric(0);
    }

    private static Class<?> erased(ResolvableType type) {
        return type.resolve(Object.class);
    }

    @Override
    public String toString() {
        ResolvableType[] generics = declared.getGenerics();
        if (generics.length == 0) {
            return erased(declared).getSimpleName();
        }
        StringBuilder text = new StringBuilder(erased(declared).getSimpleName()).append('<');
        for (int index = 0; index < generics.length; index++) {
            text.append(index == 0 ? "" : ", ").append(new ReturnFit(generics[index]));
        }
        return text.append('>').toString();
    }
}
