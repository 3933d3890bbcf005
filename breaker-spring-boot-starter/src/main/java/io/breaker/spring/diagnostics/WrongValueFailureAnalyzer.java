package io.breaker.spring.diagnostics;

import io.breaker.spring.registry.BreakerConfigurationException;
import io.breaker.spring.registry.NearestName;
import io.breaker.spring.registry.PropertyKeys;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Tells the user which property under {@code breaker} has a value of another type. Spring Boot's own analyzer names Java
 * types, does not know what to write, and not where a value stands that a section has.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WrongValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("breaker");

    private final Environment environment;

    WrongValueFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!PREFIX.isAncestorOf(cause.getName())
                || findCause(cause, UnboundConfigurationPropertiesException.class) != null) {
            return null;
        }
        return find(cause).map(property -> analysis(property, cause)).orElse(null);
    }

    private Optional<ConfigurationProperty> find(BindException cause) {
        return Optional.ofNullable(cause.getProperty())
                .or(() -> Stream.ofNullable(ConfigurationPropertySources.get(environment))
                        .flatMap(sources -> StreamSupport.stream(sources.spliterator(), false))
                        .flatMap(source -> Stream.ofNullable(source.getConfigurationProperty(cause.getName())))
                        .findFirst());
    }

    private FailureAnalysis analysis(ConfigurationProperty property, BindException cause) {
        String value = environment.resolvePlaceholders(String.valueOf(property.getValue()));
        Class<?> type = PropertyKeys.type(property.getName()).orElse(String.class);
        String origin = property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
        boolean unresolved = value.contains("${");
        BreakerConfigurationException fault = BreakerConfigurationException.of(
                "Property '" + property.getName() + "'" + origin,
                unresolved ? "nothing resolves the placeholder: " + value : problem(type) + ": '" + value + "'",
                unresolved
                        ? "Set the property, or give the placeholder a default: ${name:default}"
                        : action(property.getName(), type, value));
        return new FailureAnalysis(fault.description(), fault.action(), cause);
    }

    private static String problem(Class<?> type) {
        if (type.isEnum()) {
            return "there is no such value";
        }
        if (type.isRecord() || Map.class.isAssignableFrom(type)) {
            return "it has keys of its own, and takes no value";
        }
        if (type == Duration.class) {
            return "not a duration";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "neither true nor false";
        }
        return type == Double.class ? "not a number" : "not a whole number up to " + Integer.MAX_VALUE;
    }

    private static String action(ConfigurationPropertyName name, Class<?> type, String value) {
        if (type.isEnum()) {
            List<String> values = Stream.of(type.getEnumConstants())
                    .map(constant ->
                            constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList();
            return NearestName.advice("values", value, values);
        }
        if (type.isRecord()) {
            return NearestName.advice("keys", value, PropertyKeys.keys(type));
        }
        if (Map.class.isAssignableFrom(type)) {
            return "Write names below it, and settings below each name.";
        }
        return "Write " + PropertyKeys.example(name) + ".";
    }
}
