package io.breaker.spring.diagnostics;

import io.breaker.spring.registry.BreakerConfigurationException;
import io.breaker.spring.registry.PropertyKeys;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Tells the user which property under {@code breaker} does not exist. Spring Boot's own analyzer knows no near names. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("breaker");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        return cause.getUnboundProperties().stream()
                .filter(property -> PREFIX.isAncestorOf(property.getName()))
                .findFirst()
                .map(property -> analysis(property, cause))
                .orElse(null);
    }

    private static FailureAnalysis analysis(ConfigurationProperty property, Throwable cause) {
        String origin = property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
        ConfigurationPropertyName name = property.getName();
        BreakerConfigurationException fault = PropertyKeys.value(name)
                .map(known -> ofValue("Property '" + known + "'" + origin, name, known))
                .orElseGet(() -> BreakerConfigurationException.of(
                        "Property '" + name + "'" + origin, "there is no such property", PropertyKeys.advice(name)));
        return new FailureAnalysis(fault.description(), fault.action(), cause);
    }

    /** The property exists, but what was written of it is not what it takes. */
    private static BreakerConfigurationException ofValue(
            String subject, ConfigurationPropertyName name, ConfigurationPropertyName known) {
        String example = "Write " + PropertyKeys.example(known);
        if (!known.equals(name)) {
            return BreakerConfigurationException.of(subject, "it takes one value, no list and no keys", example + ".");
        }
        return PropertyKeys.type(known).filter(Map.class::equals).isPresent()
                ? BreakerConfigurationException.of(
                        subject,
                        "it has keys of its own, and takes no value",
                        "Write names below it, and settings below each name.")
                : BreakerConfigurationException.of(subject, "it has no value", example + ", or leave it out.");
    }
}
