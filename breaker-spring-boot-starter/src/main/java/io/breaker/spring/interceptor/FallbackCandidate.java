package io.breaker.spring.interceptor;

import io.breaker.spring.registry.Guard;
import io.breaker.spring.registry.Signature;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/**
 * A method that has the name of a fallback.
 *
 * @param method the method
 * @param bound the method ready to be called, if it fits
 * @param misfit why it does not fit; empty if it does
 */
record FallbackCandidate(Method method, Optional<FallbackMethod> bound, String misfit) {

    static FallbackCandidate of(Guard guard, Class<?> type, Method method, FallbackSource source, ReturnFit returns) {
        if (method.equals(guard.method())) {
            return misfit(method, "is the guarded method itself");
        }
        if (Modifier.isPrivate(method.getModifiers()) && !source.privately()) {
            return misfit(method, "is private");
        }
        List<Class<?>> parameters = parameters(guard.method(), type);
        boolean suspending = KotlinDetector.isSuspendingFunction(guard.method());
        Optional<FallbackShape> shape = FallbackShape.of(parameters, suspending, method);
        if (shape.isEmpty()) {
            List<Class<?>> own = FallbackShape.own(parameters, suspending);
            return misfit(method, "must take " + Signature.parameters(own) + " or nothing, then perhaps an exception");
        }
        if (!returns.accepts(method, source.type())) {
            return misfit(method, "must return " + returns + ", not " + ReturnFit.text(method, source.type()));
        }
        return bind(method, shape.get(), source);
    }

    private static FallbackCandidate bind(Method method, FallbackShape shape, FallbackSource source) {
        try {
            return new FallbackCandidate(method, Optional.of(shape.bind(method, source)), "");
        } catch (IllegalAccessException inaccessible) {
            return misfit(method, "cannot be made accessible: " + inaccessible.getMessage());
        }
    }

    private static FallbackCandidate misfit(Method method, String why) {
        return new FallbackCandidate(method, Optional.empty(), why);
    }

    /** Gives the parameter types as the class of the bean knows them, its type arguments filled in. */
    private static List<Class<?>> parameters(Method method, Class<?> type) {
        return IntStream.range(0, method.getParameterCount())
                .mapToObj(index ->
                        ResolvableType.forMethodParameter(new MethodParameter(method, index).withContainingClass(type)))
                .<Class<?>>map(parameter -> parameter.resolve(Object.class))
                .toList();
    }
}
