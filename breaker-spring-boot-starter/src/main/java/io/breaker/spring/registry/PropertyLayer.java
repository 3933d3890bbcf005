package io.breaker.spring.registry;

import io.breaker.spring.registry.BreakerProperties.Settings;

/** What the properties under one path say, such as those under {@code breaker.instances.payments}. */
record PropertyLayer(PropertyPath path, Settings settings, PropertyOrigins origins) implements Layer {

    @Override
    public String origin(SettingKey<?> key) {
        return path.equals(PropertyPath.DEFAULTS) ? path.text() : path.text(key.name());
    }

    @Override
    public String subject(SettingKey<?> key) {
        return origins.subject(path, key.name());
    }
}
