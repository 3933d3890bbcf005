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

    /** The origin of what nobody set. */
    static final String DEFAULT = "default";

    static final Base DEFAULTS = new Base(null);

    static Base of(CircuitBreaker registeredByHand) {
        return new Base(registeredByHand.config());
    }

    CircuitBreakerConfig.Builder builder(Vocabularies vocabularies) {
        return code != null
                ? code.toBuilder()
                : CircuitBreakerConfig.builder()
                        .tracker(vocabularies.defaultTracker())
                        .retryAfter(vocabularies.retryAfter());
    }

    /** Says who made a setting that no layer sets. Code that registers a breaker gives it no other policies. */
    String origin(SettingKey<?> key) {
        return code != null && SettingKey.OF_BREAKER.contains(key) ? CODE : DEFAULT;
    }
}
