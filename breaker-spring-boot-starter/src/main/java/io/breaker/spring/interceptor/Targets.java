package io.breaker.spring.interceptor;

import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.AopProxyUtils;

/** Finds the object behind proxies: a proxy has neither the fields nor the private methods of its target. */
final class Targets {

    private Targets() {}

    /**
     * Gives the target of an invocation. The proxy itself where it stands for no object, as with HTTP interfaces, or for
     * one of another type, as with Spring Data repositories.
     *
     * @param type what the target is to be
     */
    static Object of(MethodInvocation invocation, Class<?> type) {
        Object target = invocation.getThis();
        Object behind = target != null ? unwrap(target) : null;
        return behind != null && type.isInstance(behind) ? behind : ((ProxyMethodInvocation) invocation).getProxy();
    }

    /** Gives what is behind an object, however many proxies there are; the object itself if it is none. */
    static Object unwrap(Object candidate) {
        Object unwrapped = candidate;
        Object behind = AopProxyUtils.getSingletonTarget(candidate);
        while (behind != null) {
            unwrapped = behind;
            behind = AopProxyUtils.getSingletonTarget(unwrapped);
        }
        return unwrapped;
    }
}
