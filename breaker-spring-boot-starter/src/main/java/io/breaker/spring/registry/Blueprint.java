package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreakerConfig;
import java.util.Collections;
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
