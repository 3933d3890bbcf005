package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreakerConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a breaker is to be made of.
 *
 * @param config the configuration
 * @param settings the same to be shown, with where each setting comes from, by the name of the setting
 */
record Blueprint(CircuitBreakerConfig config, Map<String, Setting> settings) {

    static Blueprint of(CircuitBreakerConfig config, Function<SettingKey<?>, String> origin) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (SettingKey<?> key : SettingKey.ALL) {
            Optional<String> text = key.text().apply(config);
            text.ifPresent(shown -> settings.put(key.name(), new Setting(shown, origin.apply(key))));
        }
        return new Blueprint(config, Collections.unmodifiableMap(settings));
    }
}
