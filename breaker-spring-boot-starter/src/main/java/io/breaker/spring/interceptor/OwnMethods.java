package io.breaker.spring.interceptor;

import java.lang.reflect.Method;
import org.springframework.aop.framework.Advised;
import org.springframework.core.DecoratingProxy;
import org.springframework.util.ReflectionUtils;

/** Tells the methods that an application wrote from those that every object, or every proxy, has. */
final class OwnMethods {

    private OwnMethods() {}

    static boolean include(Method method) {
        Class<?> declaring = method.getDeclaringClass();
        return !ReflectionUtils.isObjectMethod(method)
                && !declaring.isAssignableFrom(Advised.class)
                && declaring != DecoratingProxy.class;
    }
}
