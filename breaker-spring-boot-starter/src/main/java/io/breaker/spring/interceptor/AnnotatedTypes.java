package io.breaker.spring.interceptor;

import io.breaker.spring.annotation.CircuitBreaker;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.annotation.RepeatableContainers;
import org.springframework.util.ReflectionUtils;

/**
 * Tells which classes the annotation stands on at all. Hardly any of an application's hundreds of beans is of such a
 * class; to search the hierarchy of each of their methods would be half of what this starter adds to the start of an
 * application without a breaker. Here each class is looked through once, however many extend or implement it.
 *
 * <p>Safe for concurrent use.
 */
final class AnnotatedTypes {

    private final ConcurrentMap<Class<?>, Boolean> known = new ConcurrentHashMap<>();

    /** Tells whether the annotation stands on a class, a method of it, or on any of what it extends or implements. */
    boolean include(Class<?> type) {
        Boolean included = known.get(type);
        if (included == null) {
            // Not computeIfAbsent, which must not be entered again for the supertypes.
            included = AnnotationUtils.isCandidateClass(type, CircuitBreaker.class)
                    && (isAnnotated(type)
                            || methods(type).stream().anyMatch(AnnotatedTypes::isAnnotated)
                            || supertypes(type).stream().anyMatch(this::include));
            known.put(type, included);
        }
        return included;
    }

    private static boolean isAnnotated(AnnotatedElement element) {
        return MergedAnnotations.from(element, SearchStrategy.DIRECT, RepeatableContainers.none())
                .isPresent(CircuitBreaker.class);
    }

    /** Leaves out bridges: they have the annotations of another method, and Spring would look for that one first. */
    private static List<Method> methods(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        // Spring keeps the methods of a class, because other post-processors ask for them too.
        ReflectionUtils.doWithLocalMethods(type, method -> {
            if (!method.isBridge()) {
                methods.add(method);
            }
        });
        return methods;
    }

    private static List<Class<?>> supertypes(Class<?> type) {
        List<Class<?>> supertypes = new ArrayList<>(Arrays.asList(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            supertypes.add(type.getSuperclass());
        }
        return supertypes;
    }
}
