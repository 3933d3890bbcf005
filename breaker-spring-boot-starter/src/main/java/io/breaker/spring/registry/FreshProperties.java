package io.breaker.spring.registry;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * The properties as they are now. The bean of the same type stays as it was at the start: a record cannot be bound twice.
 *
 * @param properties the properties
 * @param origins where they stand
 */
record FreshProperties(BreakerProperties properties, PropertyOrigins origins) {

    /** Reads them as strictly as Spring Boot does at the start. */
    static FreshProperties of(Environment environment) {
        Map<ConfigurationPropertyName, ConfigurationProperty> bound = new HashMap<>();
        BindHandler strict = new NoUnboundElementsBindHandler(new Noting(bound), new UnboundElementsSourceFilter());
        BreakerProperties properties =
                Binder.get(environment).bindOrCreate("breaker", Bindable.of(BreakerProperties.class), strict);
        return new FreshProperties(properties, PropertyOrigins.of(bound));
    }

    /** Takes note of each property that was read. */
    private record Noting(Map<ConfigurationPropertyName, ConfigurationProperty> bound) implements BindHandler {

        @Override
        public Object onSuccess(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
            ConfigurationProperty property = context.getConfigurationProperty();
            if (property != null) {
                bound.put(name, property);
            }
            return result;
        }
    }
}
