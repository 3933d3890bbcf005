package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreakerConfig;
import java.util.List;

/** Merges layers of settings into what a breaker is made of. */
final class BlueprintFactory {

    private final Vocabularies vocabularies;
    private final List<CircuitBreakerConfigCustomizer> customizers;

    BlueprintFactory(Vocabularies vocabularies, List<CircuitBreakerConfigCustomizer> customizers) {
        this.vocabularies = vocabularies;
        this.customizers = List.copyOf(customizers);
    }

    /** Makes the blueprint of a base with nothing merged over it. */
    Blueprint of(Base base) {
        PipelineConfig config = new PipelineDraft(base.builder(vocabularies)).build();
        return Blueprint.of(config, base::origin);
    }

    /**
     * Makes the blueprint of one breaker.
     *
     * @param name the breaker
     * @param base what stands below all layers
     * @param layers the weakest first
     * @throws BreakerConfigurationException if a setting is wrong, or some do not fit together
     */
    Blueprint of(String name, Base base, List<Layer> layers) {
        DecidingLayers deciding = DecidingLayers.of(layers);
        PipelineDraft draft = new PipelineDraft(base.builder(vocabularies));
        deciding.write(draft, vocabularies);
        Blueprint merged = Blueprint.of(build(name, draft, deciding), key -> deciding.origin(key, base.origin(key)));
        Blueprint customized = customizers.isEmpty() ? merged : customize(name, draft, merged, deciding);
        new ImpossibleSettings(name, customized, deciding).refuse();
        return customized.with(new DoubtfulSettings(customized, deciding).find());
    }

    private Blueprint customize(String name, PipelineDraft draft, Blueprint merged, DecidingLayers deciding) {
        customizers.forEach(customizer -> customizer.customize(name, draft.breaker()));
        return merged.changedByCode(build(name, draft, deciding));
    }

    private static PipelineConfig build(String name, PipelineDraft draft, DecidingLayers deciding) {
        try {
            return draft.build();
        } catch (IllegalArgumentException refusal) {
            throw BreakerConfigurationException.of(
                    subject(name),
                    refusal.getMessage() + places(deciding),
                    "Change one of the settings so that they fit together.",
                    refusal);
        }
    }

    /** What stands nowhere is named too: the message speaks of a value that the user has not written. */
    private static String places(DecidingLayers deciding) {
        return deciding.places(SettingKey.WINDOW, SettingKey.TRIPPER, SettingKey.MEASURE_LATENCY)
                + (deciding.place(SettingKey.TRIPPER).isPresent() ? "" : "\n- the tripper is the default");
    }

    /**
     * Refuses what code asks for, if it is of no use.
     *
     * @throws BreakerConfigurationException likewise
     */
    static void refuseImpossible(String name, CircuitBreakerConfig config) {
        Blueprint byCode = Blueprint.of(new PipelineConfig(config, null, null, null), key -> Base.CODE);
        new ImpossibleSettings(name, byCode, DecidingLayers.of(List.of())).refuse();
    }

    private static String subject(String name) {
        return "Circuit breaker '" + name + "'";
    }
}
