package io.breaker.spring.autoconfigure;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.health.CircuitBreakersHealthContributor;
import io.breaker.spring.health.CircuitBreakersHealthRegistration;
import io.breaker.spring.registry.BreakerProperties;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Shows circuit breakers in the health of the application. */
@AutoConfiguration(
        after = BreakerAutoConfiguration.class,
        afterName = "org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration")
@ConditionalOnClass({HealthContributorRegistry.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("circuitbreakers")
@ConditionalOnBean({CircuitBreakerRegistry.class, HealthContributorRegistry.class})
public final class BreakerHealthContributorAutoConfiguration {

    BreakerHealthContributorAutoConfiguration() {}

    // Nobody asks for it: made lazily, it would never be made.
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    CircuitBreakersHealthRegistration breakerHealthRegistration(
            HealthContributorRegistry health, CircuitBreakerRegistry registry, BreakerProperties properties) {
        Status openStatus = statusOf(properties.health().openStatus());
        return new CircuitBreakersHealthRegistration(
                health, new CircuitBreakersHealthContributor(registry, openStatus));
    }

    /** Reads {@code out-of-service} as the code of Spring Boot's own status. */
    private static Status statusOf(@Nullable String name) {
        return name == null ? Status.UP : new Status(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
