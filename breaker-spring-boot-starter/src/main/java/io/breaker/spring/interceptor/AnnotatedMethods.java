package io.breaker.spring.interceptor;

import io.breaker.spring.registry.Guard;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ClassUtils;

/**
 * Tells what the annotations of an application mean without making a bean or a breaker, as is needed before the
 * application runs. Safe for concurrent use.
 */
public final class AnnotatedMethods {

    private final ConfigurableListableBeanFactory beans;
    private final GuardFinder finder;

    /**
     * Prepares the search.
     *
     * @param beans where the beans are
     */
    public AnnotatedMethods(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        this.finder = new GuardFinder(new EmbeddedValueResolver(beans));
    }

    /**
     * Finds the guarded methods of a class.
     *
     * @param type the class of a bean
     * @return what is said of each of them
     * @throws io.breaker.spring.registry.BreakerConfigurationException if a method is annotated that no proxy can
     *     intercept, or a placeholder cannot be resolved
     */
    public Collection<Guard> find(Class<?> type) {
        return finder.find(type).values();
    }

    /**
     * Finds the methods that have the name of a fallback, whether they fit or not: that is found out when the application
     * starts.
     *
     * @param guard what is said of the guarded method
     * @param type the class of its bean
     * @return the methods, private ones included; none if the guard names no fallback or an unknown bean
     */
    public Set<Method> fallbackCandidates(Guard guard, Class<?> type) {
        String fallback = guard.fallback();
        if (fallback == null) {
            return Set.of();
        }
        int separator = fallback.indexOf(FallbackFinder.BEAN_SEPARATOR);
        Class<?> owner =
                separator < 0 ? type : beanType(fallback.substring(0, separator).strip());
        String name = separator < 0
                ? fallback
                : fallback.substring(separator + FallbackFinder.BEAN_SEPARATOR.length())
                        .strip();
        return owner == null
                ? Set.of()
                : MethodIntrospector.selectMethods(
                        owner,
                        (Method method) ->
                                OwnMethods.include(method) && method.getName().equals(name));
    }

    private @Nullable Class<?> beanType(String beanName) {
        Class<?> type =
                beans.containsBean(beanName) ? beans.getType(beanName, /* allowFactoryBeanInit= */ false) : null;
        return type == null ? null : ClassUtils.getUserClass(type);
    }
}
