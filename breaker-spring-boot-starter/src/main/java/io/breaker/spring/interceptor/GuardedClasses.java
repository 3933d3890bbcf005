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
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;

/** Works out what is to be guarded of the beans of each class, once. Safe for concurrent use. */
final class GuardedClasses {

    private final ConcurrentMap<Receiver, Optional<GuardedClass>> known = new ConcurrentHashMap<>();
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
     * Gives what is to be guarded of a bean, and registers its breakers.
     *
     * @param beanName the name of the bean
     * @return empty if it has no guarded method
     */
    Optional<GuardedClass> find(Receiver receiver, String beanName) {
        Optional<GuardedClass> found = known.get(receiver);
        if (found == null) {
            // Two threads may work it out at a time, because that makes beans; then the first one's result is taken.
            Optional<GuardedClass> worked = resolve(receiver, beanName);
            Optional<GuardedClass> earlier = known.putIfAbsent(receiver, worked);
            found = earlier != null ? earlier : worked;
        }
        return found;
    }

    /**
     * Registers the breakers of an interface, where the class of the bean is not known yet: a fallback may stand in that.
     */
    void announce(Class<?> type) {
        finder.find(type).values().forEach(guard -> breakers.get().register(guard));
    }

    private Optional<GuardedClass> resolve(Receiver receiver, String beanName) {
        Map<Method, Guard> ofType = finder.find(receiver.type());
        Map<Method, Guard> ofProxy = receiver.proxy().map(finder::find).orElse(Map.of());
        Map<Method, Guard> guards = new LinkedHashMap<>(ofType);
        Map<Method, GuardedMethod> methods = new LinkedHashMap<>();
        ofType.forEach((method, guard) -> addTo(methods, guard, receiver.type()));
        ofProxy.forEach((method, guard) -> {
            // What stands on a method of the class goes before what stands on an interface.
            if (!ofType.containsKey(AopUtils.getMostSpecificMethod(method, receiver.type()))
                    && !isGuardedFurtherInside(method, beanName)) {
                guards.put(method, guard);
                addTo(methods, guard, receiver.proxy().orElseThrow());
            }
        });
        return guards.isEmpty() ? Optional.empty() : Optional.of(new GuardedClass(receiver.type(), guards, methods));
    }

    /**
     * Tells whether a repository passes a method on to a bean that is guarded itself, since the same annotation is found
     * there: the call would be counted twice, and would need two places among the probes.
     */
    private boolean isGuardedFurtherInside(Method method, String beanName) {
        return RepositoryFragments.find(beans, beanName, method)
                .filter(AopUtils::isAopProxy)
                .flatMap(fragment -> find(Receiver.of(fragment), ""))
                .filter(type -> type.includes(method))
                .isPresent();
    }

    private void addTo(Map<Method, GuardedMethod> methods, Guard guard, Class<?> type) {
        Breakers catalog = breakers.get();
        CallStyle style = CallStyles.of(guard, type);
        Fallback fallback = new FallbackFinder(beans, catalog).find(guard, type, style);
        CircuitBreaker breaker = catalog.register(guard);
        if (catalog.enabled(guard.name())) {
            LivePipeline pipeline = catalog.findPipeline(guard.name()).orElseThrow();
            methods.put(guard.method(), GuardedMethod.of(breaker, pipeline, style, fallback));
        }
    }
}
