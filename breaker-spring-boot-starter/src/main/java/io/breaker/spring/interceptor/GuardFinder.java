package io.breaker.spring.interceptor;

import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.registry.Guard;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

/**
 * Finds the methods of a class that are to be guarded. An annotation on the method of the class goes before one on the
 * method of an interface, and that before one on the class.
 */
final class GuardFinder {

    private final AnnotatedTypes annotated = new AnnotatedTypes();
    private final StringValueResolver placeholders;

    GuardFinder(StringValueResolver placeholders) {
        this.placeholders = placeholders;
    }

    /**
     * Finds the guarded methods.
     *
     * @param type a class, or a proxy class without one behind it
     * @return what is said of each method, placeholders resolved
     * @throws io.breaker.spring.registry.BreakerConfigurationException if a method is annotated that no proxy can
     *     intercept, or a placeholder cannot be resolved
     */
    Map<Method, Guard> find(Class<?> type) {
        if (!annotated.include(type)) {
            return Map.of();
        }
        CircuitBreaker onType = AnnotatedElementUtils.findMergedAnnotation(type, CircuitBreaker.class);
        Map<Method, CircuitBreaker> annotations = new LinkedHashMap<>(MethodIntrospector.selectMethods(
                type, (MethodIntrospector.MetadataLookup<CircuitBreaker>) method -> annotation(method, onType)));
        addInheritedByChance(type, annotations);
        Map<Method, Guard> guards = new LinkedHashMap<>();
        annotations.forEach((method, annotation) -> {
            Guard guard = resolve(raw(method, annotation));
            // A fallback that stands in an annotated class is not to be guarded by what it is the fallback of.
            if (!annotation.equals(onType) || !method.getName().equals(guard.fallback())) {
                guards.put(method, guard);
            }
        });
        return guards;
    }

    /**
     * Adds the methods that a class has from a superclass, and that are those of an annotated interface for this class
     * alone: looked at by themselves, they have nothing to do with the interface.
     */
    private static void addInheritedByChance(Class<?> type, Map<Method, CircuitBreaker> annotations) {
        if (Proxy.isProxyClass(type) || type.isInterface()) {
            return;
        }
        for (Class<?> implemented : ClassUtils.getAllInterfacesForClassAsSet(type)) {
            Map<Method, CircuitBreaker> annotated =
                    MethodIntrospector.selectMethods(implemented, (MethodIntrospector.MetadataLookup<CircuitBreaker>)
                            method -> annotation(method, null));
            annotated.forEach((method, annotation) -> {
                Method inherited = AopUtils.getMostSpecificMethod(method, type);
                if (!implemented.isAssignableFrom(inherited.getDeclaringClass())
                        && annotation(inherited, null) == null) {
                    annotations.put(inherited, annotation);
                }
            });
        }
    }

    private static @Nullable CircuitBreaker annotation(Method method, @Nullable CircuitBreaker onType) {
        if (!OwnMethods.include(method)) {
            return null;
        }
        CircuitBreaker onMethod = AnnotatedElementUtils.findMergedAnnotation(method, CircuitBreaker.class);
        if (onMethod == null) {
            return isOverridable(method) ? onType : null;
        }
        requireOverridable(method, onMethod);
        return onMethod;
    }

    private static void requireOverridable(Method method, CircuitBreaker annotation) {
        if (!isOverridable(method)) {
            throw raw(method, annotation)
                    .fault(
                            "a private or static method cannot be intercepted",
                            "Make it an instance method that is not private, or take the annotation off.");
        }
    }

    private static boolean isOverridable(Method method) {
        return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    private static Guard raw(Method method, CircuitBreaker annotation) {
        return new Guard(
                annotation.name(),
                method,
                annotation.config(),
                annotation.tracker(),
                annotation.tripper(),
                annotation.resultTracker(),
                annotation.fallbackMethod());
    }

    private Guard resolve(Guard raw) {
        String name = resolve(raw, "name", raw.name());
        return new Guard(
                name != null ? name : "",
                raw.method(),
                resolve(raw, "config", raw.config()),
                resolve(raw, "tracker", raw.tracker()),
                resolve(raw, "tripper", raw.tripper()),
                resolve(raw, "resultTracker", raw.resultTracker()),
                resolve(raw, "fallbackMethod", raw.fallback()));
    }

    private @Nullable String resolve(Guard raw, String attribute, @Nullable String text) {
        try {
            String resolved = text == null ? null : placeholders.resolveStringValue(text);
            return resolved == null || resolved.isBlank() ? null : resolved.strip();
        } catch (IllegalArgumentException unresolvable) {
            throw raw.fault(
                    attribute,
                    String.valueOf(unresolvable.getMessage()),
                    "Set the property, or give the placeholder a default: ${name:default}",
                    unresolvable);
        }
    }
}
