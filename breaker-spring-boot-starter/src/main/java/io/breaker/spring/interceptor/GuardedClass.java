package io.breaker.spring.interceptor;

import io.breaker.spring.registry.Guard;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;

/**
 * A class with guarded methods, and the advisors that guard its beans. Made once for each class, so that the beans of a
 * class share one proxy class. Safe for concurrent use.
 */
final class GuardedClass {

    private final GuardPointcut pointcut;
    private final List<Guard> guards;
    /** By the method that is called, which may be one of an interface: they are added when they are called first. */
    private final ConcurrentMap<Method, GuardedMethod> methods;

    private final Advisor breaker;
    private final Advisor fallback;
    private final Advisor breakerAndFallback;

    /**
     * Makes the advisors.
     *
     * @param type the class
     * @param guards all that are annotated of its methods
     * @param methods those of them whose breaker is enabled
     */
    GuardedClass(Class<?> type, Map<Method, Guard> guards, Map<Method, GuardedMethod> methods) {
        this.pointcut = new GuardPointcut(type, guards.keySet());
        this.guards = List.copyOf(guards.values());
        this.methods = new ConcurrentHashMap<>(methods);
        this.breaker = new DefaultPointcutAdvisor(pointcut, new CircuitBreakerInterceptor(this));
        this.fallback = new DefaultPointcutAdvisor(pointcut, new FallbackInterceptor(this));
        this.breakerAndFallback = new DefaultPointcutAdvisor(pointcut, new CircuitBreakerWithFallbackInterceptor(this));
    }

    /** What is said of its methods, at least of one. */
    List<Guard> guards() {
        return guards;
    }

    /** Tells whether calls of a method, perhaps one of an interface, are guarded. */
    boolean includes(Method called) {
        return pointcut.matches(called, called.getDeclaringClass());
    }

    boolean hasFallbacks() {
        return guards.stream().anyMatch(guard -> guard.fallback() != null);
    }

    /** Guards, and notes what the fallback may answer. */
    Advisor breaker() {
        return breaker;
    }

    /** Answers what the breaker let out. */
    Advisor fallback() {
        return fallback;
    }

    /** Does both, where nothing stands between the two. */
    Advisor breakerAndFallback() {
        return breakerAndFallback;
    }

    /** Finds the method that is called; null if its breaker is not enabled. */
    @Nullable
    GuardedMethod find(MethodInvocation invocation) {
        Method called = invocation.getMethod();
        GuardedMethod known = methods.get(called);
        return known != null ? known : findSpecific(called);
    }

    private @Nullable GuardedMethod findSpecific(Method called) {
        GuardedMethod specific = methods.get(pointcut.specific(called));
        if (specific != null) {
            methods.put(called, specific);
        }
        return specific;
    }
}
