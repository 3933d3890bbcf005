package io.breaker.spring.autoconfigure;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.actuate.endpoint.CircuitBreakerEventLog;
import io.breaker.spring.actuate.endpoint.CircuitBreakersEndpoint;
import io.breaker.spring.actuate.endpoint.CircuitBreakersEndpointWebExtension;
import io.breaker.spring.registry.BreakerProperties;
import io.breaker.spring.registry.Breakers;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Shows circuit breakers at {@code /actuator/circuitbreakers}. */
@AutoConfiguration(after = BreakerAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnMissingClass(Resilience4j.STARTER)
@ConditionalOnAvailableEndpoint(CircuitBreakersEndpoint.class)
@ConditionalOnBean({CircuitBreakerRegistry.class, Breakers.class})
@EnableConfigurationProperties(CircuitBreakersEndpointProperties.class)
public final class BreakerEndpointAutoConfiguration {

    BreakerEndpointAutoConfiguration() {}

    // Made lazily, with the endpoint, it would miss what happened before somebody looked.
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    CircuitBreakerEventLog breakerEventLog(CircuitBreakerRegistry registry, BreakerProperties properties) {
        return new CircuitBreakerEventLog(registry, properties.events().all());
    }

    @Bean
    @ConditionalOnMissingBean
    CircuitBreakersEndpoint breakerEndpoint(
            CircuitBreakerRegistry registry,
            Breakers breakers,
            CircuitBreakerEventLog eventLog,
            CircuitBreakersEndpointProperties properties) {
        return new CircuitBreakersEndpoint(registry, breakers, eventLog, properties.showValues());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
    CircuitBreakersEndpointWebExtension breakerEndpointWebExtension(
            CircuitBreakersEndpoint endpoint, CircuitBreakersEndpointProperties properties) {
        return new CircuitBreakersEndpointWebExtension(endpoint, properties.showValues(), properties.roles());
    }
}
