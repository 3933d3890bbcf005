package io.breaker.spring.registry;

import io.breaker.spring.registry.BreakerProperties.Settings;

/** One of the places where the settings of a breaker come from. */
interface Layer {

    /** What this place says. */
    Settings settings();

    /** Says for a {@link Setting} who made it. */
    String origin(SettingKey<?> key);

    /** Says in the message of a fault where a setting stands, as the subject of a sentence. */
    String subject(SettingKey<?> key);

    /** Says that the value of a setting is wrong. */
    default BreakerConfigurationException fault(SettingKey<?> key, IllegalArgumentException refusal) {
        Fault fault = Fault.of(key, refusal);
        return BreakerConfigurationException.of(subject(key), fault.problem(), fault.action(), refusal);
    }

    /** Puts one setting of this place into a configuration. */
    default void write(SettingKey<?> key, PipelineDraft draft, Vocabularies vocabularies) {
        try {
            key.write(settings(), draft, vocabularies);
        } catch (IllegalArgumentException refusal) {
            throw fault(key, refusal);
        }
    }
}
