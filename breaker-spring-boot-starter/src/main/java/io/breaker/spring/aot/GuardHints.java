package io.breaker.spring.aot;

import io.breaker.spring.interceptor.AnnotatedMethods;
import io.breaker.spring.registry.Guard;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;

/** Says which methods and classes are looked for by name when a bean is guarded. */
final class GuardHints {

    private final ReflectionHints hints;
    private final @Nullable ClassLoader loader;

    GuardHints(ReflectionHints hints, @Nullable ClassLoader loader) {
        this.hints = hints;
        this.loader = loader;
    }

    /**
     * Registers the guarded methods of a class and what may answer in their place. Spring registers most of them too: the
     * annotated ones, and all of a class that gets a subclass as its proxy. It knows nothing of fallbacks in other beans
     * and in superclasses, nor of what an annotation on a class means behind the proxy of an interface.
     */
    void register(Class<?> type, AnnotatedMethods annotated) {
        for (Guard guard : annotated.find(type)) {
            hints.registerMethod(guard.method(), ExecutableMode.INVOKE);
            annotated.fallbackCandidates(guard, type).forEach(this::register);
            if (guard.tracker() != null) {
                register(guard.tracker());
            }
        }
    }

    private void register(Method fallback) {
        hints.registerMethod(fallback, ExecutableMode.INVOKE);
        for (Class<?> parameter : fallback.getParameterTypes()) {
            if (Throwable.class.isAssignableFrom(parameter)) {
                hints.registerType(parameter);
            }
        }
    }

    /** Registers the exception classes that an expression names; a name of no class is said to be wrong at the start. */
    void register(String expression) {
        ExceptionNames.in(expression).forEach(name -> hints.registerTypeIfPresent(loader, name));
    }
}
