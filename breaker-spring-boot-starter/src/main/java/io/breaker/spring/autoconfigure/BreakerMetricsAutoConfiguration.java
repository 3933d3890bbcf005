package io.breaker.spring.autoconfigure;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.metrics.CircuitBreakerMetrics;
import io.breaker.spring.registry.BreakerProperties;
import io.breaker.spring.registry.Breakers;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Publishes circuit breakers as meters. */
@AutoConfiguration(
        after = BreakerAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({CircuitBreakerRegistry.class, Breakers.class, MeterRegistry.class})
public final class BreakerMetricsAutoConfiguration {

    BreakerMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    CircuitBreakerMetrics breakerMetrics(
            CircuitBreakerRegistry registry, Breakers breakers, BreakerProperties properties) {
        return new CircuitBreakerMetrics(
                registry, breakers, properties.metrics().histogram());
    }
}
