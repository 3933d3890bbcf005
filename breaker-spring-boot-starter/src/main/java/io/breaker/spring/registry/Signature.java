package io.breaker.spring.registry;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Collectors;

/** Writes methods down for people. */
public final class Signature {

    private Signature() {}

    /**
     * Writes a method without its class.
     *
     * @param method the method
     * @return such as {@code charge(String, int)}
     */
    public static String of(Method method) {
        return method.getName() + parameters(List.of(method.getParameterTypes()));
    }

    /**
     * Writes the parameters of a method.
     *
     * @param types their types
     * @return such as {@code (String, int)}
     */
    public static String parameters(List<Class<?>> types) {
        return types.stream().map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
    }
}
