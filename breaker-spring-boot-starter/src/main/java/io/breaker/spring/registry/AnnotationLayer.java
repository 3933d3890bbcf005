package io.breaker.spring.registry;

import io.breaker.spring.registry.BreakerProperties.Settings;

/** What the annotation of a guarded method says. */
record AnnotationLayer(Guard guard) implements Layer {

    @Override
    public Settings settings() {
        return guard.settings();
    }

    @Override
    public String origin(SettingKey<?> key) {
        return "annotation";
    }

    @Override
    public String subject(SettingKey<?> key) {
        return guard.subject(String.valueOf(key.attribute()));
    }
}
