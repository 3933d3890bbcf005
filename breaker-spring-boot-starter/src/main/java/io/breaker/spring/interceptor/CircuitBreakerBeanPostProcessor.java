package io.breaker.spring.interceptor;

import io.breaker.spring.registry.Breakers;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;

/**
 * Guards the beans whose methods are annotated: resolves the annotations, registers the breakers, and puts advisors into
 * the bean's proxy or a proxy around the bean.
 *
 * <p>It has no order, and so runs after all post-processors that have one. Those include all of Spring's that make
 * proxies: only then is every advisor there that the breaker has a place among.
 */
public final class CircuitBreakerBeanPostProcessor
        implements SmartInstantiationAwareBeanPostProcessor, SmartInitializingSingleton {

    private final boolean intercepting;
    private final GuardedClasses classes;
    private final GuardedProxies proxies;
    private final StartInspection inspection;
    /** The beans that were guarded when a bean they depend on asked for them, before they were ready. */
    private final Set<String> guardedEarly = ConcurrentHashMap.newKeySet();

    /**
     * Makes the post-processor.
     *
     * @param beans where the beans are
     * @param breakers asked when the first bean with an annotation comes along; to ask before would be too early
     * @param intercepting whether methods are intercepted; without it, annotations are checked and breakers registered
     */
    public CircuitBreakerBeanPostProcessor(
            ConfigurableListableBeanFactory beans, Supplier<Breakers> breakers, boolean intercepting) {
        this.intercepting = intercepting;
        this.classes = new GuardedClasses(beans, breakers);
        this.proxies = new GuardedProxies(beans);
        this.inspection = new StartInspection(beans, classes);
    }

    @Override
    public Object getEarlyBeanReference(Object bean, String beanName) {
        guardedEarly.add(beanName);
        return guard(bean, beanName);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return guardedEarly.remove(beanName) ? bean : guard(bean, beanName);
    }

    /** Makes the proxy class ahead of time. */
    @Override
    public Class<?> determineBeanType(Class<?> beanClass, String beanName) {
        return !intercepting || Advised.class.isAssignableFrom(beanClass)
                ? beanClass
                : classes.pointcut(beanClass)
                        .<Class<?>>map(pointcut -> proxies.proxyClass(beanClass, beanName, pointcut))
                        .orElse(beanClass);
    }

    private Object guard(Object bean, String beanName) {
        if (bean instanceof AopInfrastructureBean) {
            return bean;
        }
        Optional<GuardedClass> type = classes.find(Receiver.of(bean), beanName);
        inspection.note(bean, beanName, type.isPresent());
        return type.isPresent() && intercepting ? proxies.guard(bean, beanName, type.get()) : bean;
    }

    @Override
    public void afterSingletonsInstantiated() {
        inspection.inspectLateBeans();
        if (intercepting) {
            inspection.warnOfUnguardedBeans();
        }
        inspection.finish();
    }
}
