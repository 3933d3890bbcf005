package io.breaker.spring.registry;

import io.breaker.spring.registry.BreakerProperties.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which layer decides each setting that any of them sets.
 *
 * @param byKey the strongest layer that sets it, by setting
 */
record DecidingLayers(Map<SettingKey<?>, Layer> byKey) {

    /** Takes the layers, the weakest first. */
    static DecidingLayers of(List<Layer> layers) {
        Map<SettingKey<?>, Layer> byKey = new LinkedHashMap<>();
        for (Layer layer : layers) {
            Settings settings = layer.settings();
            for (SettingKey<?> key : SettingKeys.ALL) {
                if (key.isIn(settings)) {
                    byKey.put(key, layer);
                }
            }
        }
        return new DecidingLayers(byKey);
    }

    /** Puts each setting into a configuration. */
    void write(PipelineDraft draft, Vocabularies vocabularies) {
        byKey.forEach((key, layer) -> layer.write(key, draft, vocabularies));
    }

    /** Says who made a setting; {@code otherwise} where no layer sets it. */
    String origin(SettingKey<?> key, String otherwise) {
        return find(key).map(layer -> layer.origin(key)).orElse(otherwise);
    }

    /** Lists for the message of a fault where some settings stand, one line each; those that no layer sets are left out. */
    String places(SettingKey<?>... keys) {
        return Stream.of(keys)
                .flatMap(key -> find(key).map(layer -> "\n- " + layer.subject(key)).stream())
                .collect(Collectors.joining());
    }

    /** Says where a setting stands; empty if no layer sets it. */
    Optional<String> place(SettingKey<?> key) {
        return find(key).map(layer -> layer.subject(key));
    }

    /** Tells whether a setting is said for this name, not for many. */
    boolean isSetForOne(SettingKey<?> key) {
        return find(key)
                .filter(layer -> layer instanceof PropertyLayer properties
                        && properties.path().isOfInstance())
                .isPresent();
    }

    private Optional<Layer> find(SettingKey<?> key) {
        return Optional.ofNullable(byKey.get(key));
    }
}
