package io.breaker.spring.diagnostics;

import io.breaker.spring.registry.BreakerConfigurationException;
import io.breaker.spring.registry.PropertyKeys;
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
        BreakerConfigurationException fault = BreakerConfigurationException.of(
                "Property '" + property.getName() + "'" + origin,
                "there is no such property",
                PropertyKeys.advice(property.getName()));
        return new FailureAnalysis(fault.description(), fault.action(), cause);
    }
}
