package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.registry.BreakerProperties.Settings;

/** What {@code enabled: false} says: the breaker shows as DISABLED, and lets calls in code pass too. */
record SwitchedOffLayer(PropertyPath instance) implements Layer {

    @Override
    public Settings settings() {
        return Settings.ofInitialState(CircuitState.DISABLED);
    }

    @Override
    public String origin(SettingKey<?> key) {
        return instance.text("enabled");
    }

    @Override
    public String subject(SettingKey<?> key) {
        return "Property '" + origin(key) + "'";
    }
}
