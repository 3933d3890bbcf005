package io.breaker.spring.autoconfigure;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.logging.TransitionLogger;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Logs what circuit breakers do. */
@AutoConfiguration(after = BreakerAutoConfiguration.class)
@ConditionalOnBean(CircuitBreakerRegistry.class)
public final class BreakerLoggingAutoConfiguration {

    BreakerLoggingAutoConfiguration() {}

    // Nobody asks for it: made lazily, it would never be made.
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    TransitionLogger breakerTransitionLogger(CircuitBreakerRegistry registry) {
        return new TransitionLogger(registry);
    }
}
