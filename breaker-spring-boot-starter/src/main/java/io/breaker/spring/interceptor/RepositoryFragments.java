package io.breaker.spring.interceptor;

import java.lang.reflect.Method;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.data.repository.core.support.RepositoryFactoryInformation;
import org.springframework.util.ClassUtils;

/** Knows the objects that a Spring Data repository passes calls on to, where there is Spring Data. */
final class RepositoryFragments {

    private static final boolean PRESENT = ClassUtils.isPresent(
            "org.springframework.data.repository.core.support.RepositoryFactoryInformation",
            RepositoryFragments.class.getClassLoader());

    private RepositoryFragments() {}

    /**
     * Finds the implementation of a custom method of a repository, which as a rule is a bean.
     *
     * @param beanName the name of what may be a repository
     * @return empty if that has no such method, or is no repository
     */
    static Optional<Object> find(BeanFactory beans, String beanName, Method method) {
        String factory = BeanFactory.FACTORY_BEAN_PREFIX + beanName;
        return PRESENT && beans.containsBean(factory) ? Data.find(beans.getBean(factory), method) : Optional.empty();
    }

    /** Loaded only where Spring Data is on the class path. */
    private static final class Data {

        static Optional<Object> find(Object factory, Method method) {
            return factory instanceof RepositoryFactoryInformation<?, ?> repository
                    ? repository.getRepositoryInformation().getFragments().stream()
                            .filter(fragment -> fragment.hasMethod(method))
                            .<Object>flatMap(fragment -> fragment.getImplementation().stream())
                            .findFirst()
                    : Optional.empty();
        }
    }
}
