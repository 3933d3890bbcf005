package io.breaker.spring.interceptor;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.BridgeMethodResolver;

/** Matches the guarded methods of one class, also where they are called by way of an interface. */
final class GuardPointcut extends StaticMethodMatcherPointcut {

    private final Class<?> type;
    private final Set<Method> guarded;

    GuardPointcut(Class<?> type, Set<Method> guarded) {
        this.type = type;
        this.guarded = Set.copyOf(guarded);
    }

    @Override
    public boolean matches(Method method, Class<?> targetClass) {
        return guarded.contains(specific(method));
    }

    /**
     * Gives the method of the class that a call of an interface's method ends at. That itself if there is no class or it
     * has no such method, and what it is a bridge to: then nothing but the annotation's own method is known here.
     */
    Method specific(Method called) {
        if (!Proxy.isProxyClass(type)) {
            Method specific = AopUtils.getMostSpecificMethod(called, type);
            if (guarded.contains(specific)) {
                return specific;
            }
        }
        return BridgeMethodResolver.findBridgedMethod(called);
    }

    /** Says the same for the same class: by this text Spring finds out whether beans can share a proxy class. */
    @Override
    public String toString() {
        return guarded.stream()
                .map(Method::toString)
                .sorted()
                .collect(Collectors.joining(", ", "guarded methods: ", ""));
    }
}
