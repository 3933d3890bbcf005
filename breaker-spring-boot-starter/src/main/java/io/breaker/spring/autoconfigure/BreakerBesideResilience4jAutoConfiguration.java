package io.breaker.spring.autoconfigure;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.actuate.endpoint.BreakersEndpoint;
import io.breaker.spring.actuate.endpoint.BreakersEndpointWebExtension;
import io.breaker.spring.actuate.endpoint.CircuitBreakerEventLog;
import io.breaker.spring.health.CircuitBreakersHealthRegistration;
import io.breaker.spring.registry.BreakerProperties;
import io.breaker.spring.registry.Breakers;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Shows circuit breakers under the id {@code breakers} where Resilience4j's starter is present, whose endpoint and health
 * component have the ids that are ours elsewhere: so a team can move from one to the other method by method.
 */
@AutoConfiguration(
        after = BreakerAutoConfiguration.class,
        afterName = "org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration")
@ConditionalOnClass(name = Resilience4j.STARTER)
@ConditionalOnBean({CircuitBreakerRegistry.class, Breakers.class})
public final class BreakerBesideResilience4jAutoConfiguration {

    BreakerBesideResilience4jAutoConfiguration() {}

    // Nobody asks for it: made lazily, it would never be made.
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    SecondIds breakerSecondIds(BeanFactory beans) {
        return new SecondIds(beans);
    }

    /** Shows circuit breakers at {@code /actuator/breakers}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    @ConditionalOnAvailableEndpoint(BreakersEndpoint.class)
    @EnableConfigurationProperties(BreakersEndpointProperties.class)
    static class SecondEndpoint {

        // Made lazily, with the endpoint, it would miss what happened before somebody looked.
        @Bean
        @Lazy(false)
        @ConditionalOnMissingBean
        CircuitBreakerEventLog breakerEventLog(CircuitBreakerRegistry registry, BreakerProperties properties) {
            return new CircuitBreakerEventLog(registry, properties.events().all());
        }

        @Bean
        @ConditionalOnMissingBean
        BreakersEndpoint breakerEndpoint(
                CircuitBreakerRegistry registry,
                Breakers breakers,
                CircuitBreakerEventLog eventLog,
                BreakersEndpointProperties properties) {
            return new BreakersEndpoint(registry, breakers, eventLog, properties.showValues());
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
        BreakersEndpointWebExtension breakerEndpointWebExtension(
                BreakersEndpoint endpoint, BreakersEndpointProperties properties) {
            return new BreakersEndpointWebExtension(endpoint, properties.showValues(), properties.roles());
        }
    }

    /** Shows circuit breakers as {@code breakers} in the health of the application. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthContributorRegistry.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnEnabledHealthIndicator("breakers")
    @ConditionalOnBean(HealthContributorRegistry.class)
    static class SecondHealthComponent {

        @Bean
        @Lazy(false)
        @ConditionalOnMissingBean
        CircuitBreakersHealthRegistration breakerHealthRegistration(
                HealthContributorRegistry health,
                CircuitBreakerRegistry registry,
                BreakerProperties properties,
                Environment environment) {
            return BreakerHealthContributorAutoConfiguration.registration(
                    health, CircuitBreakersHealthRegistration.SECOND_NAME, registry, properties, environment);
        }
    }
}
