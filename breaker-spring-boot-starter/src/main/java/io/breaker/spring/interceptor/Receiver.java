package io.breaker.spring.interceptor;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.core.DecoratingProxy;

/**
 * What receives the calls of a bean.
 *
 * @param type the class behind its proxies; the class of the proxy itself where it stands for no object, as with HTTP
 *     interfaces
 * @param proxy the class of a proxy with interfaces that {@code type} does not implement, so that their calls end in its
 *     advice, as with Spring Data repositories; empty for all other beans
 */
record Receiver(Class<?> type, Optional<Class<?>> proxy) {

    static Receiver of(Object bean) {
        Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
        Class<?> own = bean.getClass();
        return own != type && hasMoreInterfaces(own, type) ? new Receiver(type, Optional.of(own)) : of(type);
    }

    static Receiver of(Class<?> type) {
        return new Receiver(type, Optional.empty());
    }

    /** Names a class; the interface where there is nothing but a proxy of it. */
    static String nameOf(Class<?> type) {
        return (Proxy.isProxyClass(type) ? type.getInterfaces()[0] : type).getName();
    }

    /** Tells whether a class is one of interface proxies, and has interfaces that what is behind it does not have. */
    static boolean hasMoreInterfaces(Class<?> proxy, Class<?> type) {
        return Proxy.isProxyClass(proxy)
                && Arrays.stream(proxy.getInterfaces())
                        .anyMatch(one -> !one.isAssignableFrom(type) && !one.isAssignableFrom(SpringsOwn.class));
    }

    /** What Spring adds to every proxy it makes. */
    private interface SpringsOwn extends Advised, DecoratingProxy {}
}
