package io.breaker.spring.aot;

import io.breaker.spring.interceptor.AnnotatedMethods;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Looks through the beans and the properties that are known at build time, and says what the breakers need of them at run
 * time. A mistake that can be seen already, such as an annotated private method, stops the build.
 */
final class GuardedBeansAotProcessor implements BeanFactoryInitializationAotProcessor {

    private static final ConfigurationPropertyName PROPERTIES = ConfigurationPropertyName.of("breaker");

    @Override
    public BeanFactoryInitializationAotContribution processAheadOfTime(ConfigurableListableBeanFactory beans) {
        AnnotatedMethods annotated = new AnnotatedMethods(beans);
        Set<Class<?>> types = new LinkedHashSet<>();
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = typeOf(beans, name);
            if (type != null && !annotated.find(type).isEmpty()) {
                types.add(type);
            }
        }
        Environment environment =
                beans.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class);
        return (context, code) -> {
            GuardHints hints = new GuardHints(context.getRuntimeHints().reflection(), beans.getBeanClassLoader());
            types.forEach(type -> hints.register(type, annotated));
            values(environment).forEach(hints::register);
        };
    }

    private static @Nullable Class<?> typeOf(ConfigurableListableBeanFactory beans, String name) {
        if (beans.getBeanDefinition(name).isAbstract()) {
            return null;
        }
        // Asks no factory bean: what it makes may need what is there at run time only.
        Class<?> type = beans.getType(name, /* allowFactoryBeanInit= */ false);
        return type == null ? null : ClassUtils.getUserClass(type);
    }

    /** Gives all texts under {@code breaker}. They are not bound: a value may be there at run time only. */
    private static Stream<String> values(Environment environment) {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .flatMap(source -> source instanceof IterableConfigurationPropertySource iterable
                        ? iterable.stream().filter(PROPERTIES::isAncestorOf).map(iterable::getConfigurationProperty)
                        : Stream.empty())
                .filter(Objects::nonNull)
                .map(property -> environment.resolvePlaceholders(String.valueOf(property.getValue())));
    }
}
