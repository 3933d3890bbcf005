package io.breaker.spring.interceptor;

import io.breaker.spring.registry.Guard;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Looks, when an application has made its singletons, at the beans that the post-processor has not seen: at those that
 * are made later, and at those that will never come by. Safe for concurrent use.
 */
final class StartInspection {

    private static final Log LOGGER = LogFactory.getLog(StartInspection.class);

    private final ConfigurableListableBeanFactory beans;
    private final GuardedClasses classes;
    /** The beans that were guarded, and by their names with {@code &} the factory beans, until the application is up. */
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private volatile boolean finished;

    StartInspection(ConfigurableListableBeanFactory beans, GuardedClasses classes) {
        this.beans = beans;
        this.classes = classes;
    }

    /** Takes note of a bean that came by. */
    void note(Object bean, String beanName, boolean guarded) {
        if (finished) {
            return;
        }
        if (guarded) {
            seen.add(beanName);
        }
        if (bean instanceof FactoryBean) {
            seen.add(BeanFactory.FACTORY_BEAN_PREFIX + beanName);
        }
    }

    /**
     * Looks at the beans that are made later, such as lazy ones, prototypes and those of a request, and what factory beans
     * have not given out yet: their mistakes are to be found now, and their breakers to be there before the first call.
     */
    void inspectLateBeans() {
        for (String beanName : beans.getBeanDefinitionNames()) {
            if (!beans.getBeanDefinition(beanName).isAbstract() && !seen.contains(beanName)) {
                boolean made = beans.containsSingleton(beanName);
                if (!made || beans.getSingleton(beanName) instanceof FactoryBean) {
                    inspect(typeOf(beanName), beanName);
                }
            }
        }
    }

    private void inspect(@Nullable Class<?> type, String beanName) {
        if (type == null || AopInfrastructureBean.class.isAssignableFrom(type)) {
            return;
        }
        if (type.isInterface() || Proxy.isProxyClass(type)) {
            classes.announce(type);
        } else {
            classes.find(Receiver.of(ClassUtils.getUserClass(type)), beanName);
        }
    }

    /** Asks no factory bean: that could make what is to be made later. */
    private @Nullable Class<?> typeOf(String beanName) {
        return beans.getType(beanName, /* allowFactoryBeanInit= */ false);
    }

    /**
     * Warns of the beans that are there and that no proxy wraps: another post-processor needed them, so that they were
     * made before this one was there, or the application made the object and registered it.
     */
    void warnOfUnguardedBeans() {
        for (String beanName : beans.getSingletonNames()) {
            if (!seen.contains(beanName)) {
                Object bean = beans.getSingleton(beanName);
                Object object = bean instanceof FactoryBean ? productOfEarlyFactory(beanName) : bean;
                if (object != null && !seen.contains(beanName)) {
                    warnIfUnguarded(beanName, object);
                }
            }
        }
    }

    /** Gives what a factory bean has made that itself was made too early; what it makes now comes by. */
    private @Nullable Object productOfEarlyFactory(String beanName) {
        if (seen.contains(BeanFactory.FACTORY_BEAN_PREFIX + beanName) || !beans.isSingleton(beanName)) {
            return null;
        }
        Class<?> type = typeOf(beanName);
        boolean annotated = type != null && classes.pointcut(type).isPresent();
        return annotated ? beans.getBean(beanName) : null;
    }

    private void warnIfUnguarded(String beanName, Object bean) {
        if (bean instanceof AopInfrastructureBean) {
            return;
        }
        Receiver receiver = Receiver.of(bean);
        classes.find(receiver, beanName)
                .filter(type -> !(bean instanceof Advised advised && AdvisorPlacement.isInserted(advised, type)))
                .ifPresent(type -> LOGGER.warn("Bean '" + beanName + "' of class " + Receiver.nameOf(receiver.type())
                        + " is not guarded by a circuit breaker, because no proxy wraps it. It was made before the"
                        + " post-processors of beans were there, or by hand. Annotated: "
                        + type.guards().stream().map(Guard::shortPlace).collect(Collectors.joining(", "))));
    }

    /** Forgets what is needed at the start only. */
    void finish() {
        finished = true;
        seen.clear();
    }
}
