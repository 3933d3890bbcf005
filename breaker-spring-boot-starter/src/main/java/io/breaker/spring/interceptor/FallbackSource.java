package io.breaker.spring.interceptor;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.Function;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.beans.factory.BeanFactory;

/** Where a fallback is looked for. */
sealed interface FallbackSource {

    /** The class whose methods may answer. */
    Class<?> type();

    /** What they are called. */
    String methodName();

    /** Tells whether private methods count. */
    boolean privately();

    /** Finds the object that a method is called on. */
    Function<MethodInvocation, Object> owner(Method method);

    /** The class of the guarded method. */
    record OwnClass(Class<?> type, String methodName) implements FallbackSource {

        @Override
        public boolean privately() {
            return true;
        }

        @Override
        public Function<MethodInvocation, Object> owner(Method method) {
            return Targets::of;
        }
    }

    /** Another bean, made when it is needed first. */
    record OtherBean(BeanFactory beans, String beanName, Class<?> type, String methodName) implements FallbackSource {

        @Override
        public boolean privately() {
            return false;
        }

        /** Calls the bean through its proxy, so that its own advice applies, where the proxy passes the method on. */
        @Override
        public Function<MethodInvocation, Object> owner(Method method) {
            int modifiers = method.getModifiers();
            boolean proxied = Modifier.isPublic(modifiers) && !Modifier.isFinal(modifiers);
            return invocation -> {
                Object bean = beans.getBean(beanName);
                return proxied && method.getDeclaringClass().isInstance(bean) ? bean : Targets.unwrap(bean);
            };
        }
    }
}
