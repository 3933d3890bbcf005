package io.breaker.spring.autoconfigure;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.event.BreakerEventPublisher;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Publishes what circuit breakers do as events of the application. */
@AutoConfiguration(after = BreakerAutoConfiguration.class)
@ConditionalOnBean(CircuitBreakerRegistry.class)
public final class BreakerEventAutoConfiguration {

    BreakerEventAutoConfiguration() {}

    // Nobody asks for it: made lazily, it would never be made.
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    BreakerEventPublisher breakerEventPublisher(
            CircuitBreakerRegistry registry, ConfigurableApplicationContext context) {
        return new BreakerEventPublisher(registry, context);
    }
}
