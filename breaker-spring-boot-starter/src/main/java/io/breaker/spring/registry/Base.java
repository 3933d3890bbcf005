package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import org.jspecify.annotations.Nullable;

/**
 * What stands below all layers of settings.
 *
 * @param code the settings of a breaker that the application registered by hand; null for the built-in defaults
 */
record Base(@Nullable CircuitBreakerConfig code) {

    /** The origin of what a customizer changed, or a breaker had that was registered by hand. */
    static final String CODE = "code";

    static final Base DEFAULTS = new Base(null);

    static Base of(CircuitBreaker registeredByHand) {
        return new Base(registeredByHand.config());
    }

    CircuitBreakerConfig.Builder builder(Vocabularies vocabularies) {
        return code != null ? code.toBuilder() : CircuitBreakerConfig.builder().tracker(vocabularies.defaultTracker());
    }

    String origin() {
        return code != null ? CODE : "default";
    }
}
