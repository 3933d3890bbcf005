package io.breaker.spring.interceptor;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.Guard;
import io.breaker.spring.registry.LivePipeline;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;

/** Works out what is to be guarded of each class, once. Safe for concurrent use. */
final class GuardedClasses {

    private final ConcurrentMap<Class<?>, Optional<GuardedClass>> known = new ConcurrentHashMap<>();
    private final ConfigurableListableBeanFactory beans;
    private final Supplier<Breakers> breakers;
    private final GuardFinder finder;

    /**
     * Makes a collection that is empty.
     *
     * @param breakers asked when the first class with a guarded method comes along, not before
     */
    GuardedClasses(ConfigurableListableBeanFactory beans, Supplier<Breakers> breakers) {
        this.beans = beans;
        this.breakers = breakers;
        this.finder = new GuardFinder(new EmbeddedValueResolver(beans));
    }

    /** Gives what matches the guarded methods of a class, without making anything; empty if it has none. */
    Optional<GuardPointcut> pointcut(Class<?> type) {
        return Optional.of(finder.find(type))
                .filter(guards -> !guards.isEmpty())
                .map(guards -> new GuardPointcut(type, guards.keySet()));
    }

    /**
     * Gives what is to be guarded of a class, and registers its breakers.
     *
     * @return empty if it has no guarded method
     */
    Optional<GuardedClass> find(Class<?> type) {
        Optional<GuardedClass> found = known.get(type);
        if (found == null) {
            // Two threads may work it out at a time, because that makes beans; then the first one's result is taken.
            Optional<GuardedClass> worked = resolve(type);
            Optional<GuardedClass> earlier = known.putIfAbsent(type, worked);
            found = earlier != null ? earlier : worked;
        }
        return found;
    }

    private Optional<GuardedClass> resolve(Class<?> type) {
        Map<Method, Guard> guards = finder.find(type);
        if (guards.isEmpty()) {
            return Optional.empty();
        }
        Breakers catalog = breakers.get();
        FallbackFinder fallbacks = new FallbackFinder(beans, catalog);
        Map<Method, GuardedMethod> methods = new LinkedHashMap<>();
        guards.forEach((method, guard) -> {
            CallStyle style = CallStyles.of(guard, type);
            Fallback fallback = fallbacks.find(guard, type, style);
            CircuitBreaker breaker = catalog.register(guard);
            if (catalog.enabled(guard.name())) {
                LivePipeline pipeline = catalog.findPipeline(guard.name()).orElseThrow();
                methods.put(method, GuardedMethod.of(breaker, pipeline, style, fallback));
            }
        });
        return Optional.of(new GuardedClass(type, guards, methods));
    }
}
