package io.breaker.spring.interceptor;

import io.breaker.spring.registry.Guard;
import java.lang.reflect.Modifier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Puts the advisors of guarded classes into proxies, or makes proxies with them. */
final class GuardedProxies {

    private static final MethodInterceptor NOTHING = MethodInvocation::proceed;

    private final ConfigurableListableBeanFactory beans;

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
            type.guards().forEach(GuardedProxies::requireNotFinal);
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
    private static void requireNotFinal(Guard guard) {
        if (Modifier.isFinal(guard.method().getModifiers())) {
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
