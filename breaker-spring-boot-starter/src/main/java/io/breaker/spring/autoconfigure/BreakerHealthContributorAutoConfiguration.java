package io.breaker.spring.autoconfigure;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.health.CircuitBreakersHealthContributor;
import io.breaker.spring.health.CircuitBreakersHealthRegistration;
import io.breaker.spring.registry.BreakerProperties;
import io.breaker.spring.registry.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Shows circuit breakers in the health of the application. */
@AutoConfiguration(
        after = BreakerAutoConfiguration.class,
        afterName = "org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration")
@ConditionalOnClass({HealthContributorRegistry.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnMissingClass(Resilience4j.STARTER)
@ConditionalOnEnabledHealthIndicator("circuitbreakers")
@ConditionalOnBean({CircuitBreakerRegistry.class, HealthContributorRegistry.class})
public final class BreakerHealthContributorAutoConfiguration {

    private static final Log LOGGER = LogFactory.getLog(BreakerHealthContributorAutoConfiguration.class);

    private static final List<Status> STATUSES = List.of(Status.UP, Status.DOWN, Status.OUT_OF_SERVICE, Status.UNKNOWN);

    private static final String ORDER = "management.endpoint.health.status.order";

    BreakerHealthContributorAutoConfiguration() {}

    // Nobody asks for it: made lazily, it would never be made.
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    CircuitBreakersHealthRegistration breakerHealthRegistration(
            HealthContributorRegistry health,
            CircuitBreakerRegistry registry,
            BreakerProperties properties,
            Environment environment) {
        return registration(health, CircuitBreakersHealthRegistration.NAME, registry, properties, environment);
    }

    static CircuitBreakersHealthRegistration registration(
            HealthContributorRegistry health,
            String name,
            CircuitBreakerRegistry registry,
            BreakerProperties properties,
            Environment environment) {
        Status openStatus = statusOf(properties.health().openStatus());
        warnOfUnknown(openStatus, environment);
        return new CircuitBreakersHealthRegistration(
                health, name, new CircuitBreakersHealthContributor(registry, openStatus));
    }

    /** An application may have statuses of its own, which it then has to give a place in the order. */
    private static void warnOfUnknown(Status status, Environment environment) {
        List<String> known = Stream.concat(
                        STATUSES.stream().map(Status::getCode),
                        Stream.of(environment.getProperty(ORDER, String[].class, new String[0])))
                .toList();
        if (known.stream().noneMatch(code -> letters(code).equals(letters(status.getCode())))) {
            LOGGER.warn("Property 'breaker.health.open-status': '" + status.getCode()
                    + "' is no status of Spring Boot, and "
                    + ORDER + " does not name it, so an open circuit does not show in the status. "
                    + NearestName.advice("statuses", status.getCode(), known));
        }
    }

    private static String letters(String code) {
        return code.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** Reads {@code out-of-service} as the code of Spring Boot's own status. */
    private static Status statusOf(@Nullable String name) {
        return name == null ? Status.UP : new Status(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
