package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreakerConfig;

/** Changes the settings of breakers in code. Beans of this type are applied last, in their order. */
@FunctionalInterface
public interface CircuitBreakerConfigCustomizer {

    /**
     * Changes the settings of one breaker, if it wants to.
     *
     * @param name the name of the breaker
     * @param settings what defaults, annotation and properties made of it
     */
    void customize(String name, CircuitBreakerConfig.Builder settings);
}
