package io.breaker.spring.registry;

import java.util.List;
import java.util.Map;

/**
 * What a breaker is made of. Immutable.
 *
 * @param name the name
 * @param enabled whether methods are guarded; false where {@code breaker.enabled} or {@code breaker.instances.<name>.enabled}
 *     says so
 * @param settings the settings by their property, such as {@code success-threshold} or {@code retry.max-attempts}, in a
 *     fixed order
 * @param methods the guarded methods, such as {@code OrderService.charge(String)}, in alphabetical order
 * @param fallbackMethods the fallbacks of those methods that have one, as the annotation names them, by method
 * @param fallbacks how many calls a fallback has answered
 */
public record BreakerDescription(
        String name,
        boolean enabled,
        Map<String, Setting> settings,
        List<String> methods,
        Map<String, String> fallbackMethods,
        long fallbacks) {}
