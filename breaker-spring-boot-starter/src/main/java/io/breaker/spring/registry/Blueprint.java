package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreakerConfig;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the pipeline of a name is to be made of.
 *
 * @param pipeline the configuration
 * @param settings the same to be shown, with where each setting comes from, by the name of the setting
 * @param doubts what of it is hardly meant as it stands, a sentence each
 */
record Blueprint(PipelineConfig pipeline, Map<String, Setting> settings, List<String> doubts) {

    /** The configuration of the breaker alone. */
    CircuitBreakerConfig config() {
        return pipeline.breaker();
    }

    /** Tells whether both ask for the same, whoever said so. */
    boolean asksForTheSameAs(Blueprint other) {
        return texts().equals(other.texts());
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        settings.forEach((key, setting) -> texts.put(key, setting.text()));
        return texts;
    }

    /** Gives the blueprint with what the breaker has now: code may have reconfigured it since. */
    Blueprint asOfNow(CircuitBreakerConfig config) {
        return config == config()
                ? this
                : changedByCode(new PipelineConfig(config, pipeline.retry(), pipeline.bulkhead(), pipeline.timeout()));
    }

    /** Gives the blueprint of other settings, in which those that differ have their origin in code. */
    Blueprint changedByCode(PipelineConfig changed) {
        Blueprint after = of(changed, key -> Base.CODE);
        Map<String, Setting> merged = new LinkedHashMap<>(after.settings);
        merged.replaceAll((key, setting) -> {
            Setting before = settings.get(key);
            return before != null && before.text().equals(setting.text()) ? before : setting;
        });
        return new Blueprint(changed, Collections.unmodifiableMap(merged), List.of());
    }

    static Blueprint of(PipelineConfig pipeline, Function<SettingKey<?>, String> origin) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (SettingKey<?> key : SettingKeys.ALL) {
            Optional<String> text = key.text().apply(pipeline);
            text.ifPresent(shown -> settings.put(key.name(), new Setting(shown, origin.apply(key))));
        }
        return new Blueprint(pipeline, Collections.unmodifiableMap(settings), List.of());
    }

    Blueprint with(List<String> otherDoubts) {
        return new Blueprint(pipeline, settings, otherDoubts);
    }
}
