package io.breaker.spring.interceptor;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
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

    /**
     * Gives what calls a method.
     *
     * @throws IllegalAccessException if it cannot be made accessible
     */
    default MethodHandle handle(Method method) throws IllegalAccessException {
        method.trySetAccessible();
        return MethodHandles.lookup().unreflect(method);
    }

    /** The class of the guarded method. */
    record OwnClass(Class<?> type, String methodName) implements FallbackSource {

        @Override
        public boolean privately() {
            return true;
        }

        @Override
        public Function<MethodInvocation, Object> owner(Method method) {
            Class<?> declaring = method.getDeclaringClass();
            return invocation -> Targets.of(invocation, declaring);
        }

        /**
         * A default method may belong to a proxy, whose advice does not call it in every interface, and might begin a
         * transaction for it. So it is called without the proxy, as are the methods of a class.
         */
        @Override
        public MethodHandle handle(Method method) throws IllegalAccessException {
            if (!method.isDefault()) {
                return FallbackSource.super.handle(method);
            }
            Class<?> declaring = method.getDeclaringClass();
            return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
                    .unreflectSpecial(method, declaring);
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
