package io.breaker.spring.interceptor;

import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.registry.Guard;
import io.breaker.spring.registry.Signature;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Puts the advisors of guarded classes into proxies, or makes proxies with them. */
final class GuardedProxies {

    private static final MethodInterceptor NOTHING = MethodInvocation::proceed;

    private static final Log LOGGER = LogFactory.getLog(GuardedProxies.class);

    private final ConfigurableListableBeanFactory beans;
    private final Set<GuardedClass> warned = ConcurrentHashMap.newKeySet();

    GuardedProxies(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Guards a bean.
     *
     * @return the bean, if it was a proxy already; else a proxy
     * @throws io.breaker.spring.registry.BreakerConfigurationException if a method or the class cannot be intercepted
     */
    Object guard(Object bean, String beanName, GuardedClass type) {
        Object proxy = bean;
        if (bean instanceof Advised advised && !advised.isFrozen()) {
            AdvisorPlacement.insert(advised, type);
        } else {
            proxy = proxy(bean, beanName, type);
        }
        if (AopUtils.isCglibProxy(proxy)) {
            checkFinalMethods(type);
        }
        return proxy;
    }

    /** Makes the class of the proxies of a class. */
    Class<?> proxyClass(Class<?> beanClass, String beanName, GuardPointcut pointcut) {
        return maker(new DefaultPointcutAdvisor(pointcut, NOTHING)).determineBeanType(beanClass, beanName);
    }

    private Object proxy(Object bean, String beanName, GuardedClass type) {
        try {
            return maker(type.breakerAndFallback()).postProcessAfterInitialization(bean, beanName);
        } catch (AopConfigException impossible) {
            throw type.guards()
                    .get(0)
                    .fault(
                            "its class cannot be proxied: " + impossible.getMessage(),
                            "Make the class neither final nor sealed, or let it implement an interface and set"
                                    + " spring.aop.proxy-target-class=false.");
        }
    }

    private ProxyMaker maker(Advisor advisor) {
        ProxyMaker maker = new ProxyMaker(advisor);
        maker.setBeanFactory(beans);
        ClassLoader loader = beans.getBeanClassLoader();
        if (loader != null) {
            maker.setBeanClassLoader(loader);
        }
        return maker;
    }

    /** A proxy that is a subclass does not see the calls of a final method. */
    private void checkFinalMethods(GuardedClass type) {
        List<String> unseen = new ArrayList<>();
        for (Guard guard : type.guards()) {
            if (Modifier.isFinal(guard.method().getModifiers())) {
                requireNotAnnotated(guard);
                unseen.add(Signature.of(guard.method()));
            }
        }
        if (!unseen.isEmpty() && warned.add(type)) {
            LOGGER.warn("Final methods cannot be intercepted and are not guarded by circuit breaker '"
                    + type.guards().get(0).name() + "': " + String.join(", ", unseen));
        }
    }

    /** Where the annotation stands on the class, a final method may be one that nobody can change: Spring has some. */
    private static void requireNotAnnotated(Guard guard) {
        if (AnnotatedElementUtils.hasAnnotation(guard.method(), CircuitBreaker.class)) {
            throw guard.fault("a final method cannot be intercepted", "Make it not final, or take the annotation off.");
        }
    }

    /**
     * Makes proxies with one advisor, in the way the application wants all its proxies to be. Not a post-processor of
     * its own: as such it would be ordered, and so run too early.
     */
    private static final class ProxyMaker extends AbstractBeanFactoryAwareAdvisingPostProcessor {

        private static final long serialVersionUID = 1L;

        ProxyMaker(Advisor advisor) {
            this.advisor = advisor;
        }
    }
}
