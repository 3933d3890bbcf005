package io.breaker.spring.registry;

import io.breaker.spring.registry.BreakerProperties.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

/** Knows which properties have no effect before the next start of the application. */
final class RestartOnly {

    private static final Map<String, Function<BreakerProperties, Object>> SECTIONS = Map.of(
            "breaker.enabled", BreakerProperties::enabled,
            "breaker.events", BreakerProperties::events,
            "breaker.health", BreakerProperties::health,
            "breaker.http", BreakerProperties::http,
            "breaker.metrics", BreakerProperties::metrics,
            "breaker.web", BreakerProperties::web);

    private RestartOnly() {}

    /** Lists those that differ, in alphabetical order. */
    static List<String> changes(BreakerProperties before, BreakerProperties after) {
        List<String> changes = new ArrayList<>();
        SECTIONS.forEach((section, part) -> {
            if (!Objects.equals(part.apply(before), part.apply(after))) {
                changes.add(section);
            }
        });
        TreeSet<String> names = new TreeSet<>(before.instances().keySet());
        names.addAll(after.instances().keySet());
        names.stream()
                .filter(name -> enabled(before, name) != enabled(after, name))
                .forEach(name -> changes.add(PropertyPath.instance(name).text("enabled")));
        return changes.stream().sorted().toList();
    }

    private static boolean enabled(BreakerProperties properties, String name) {
        Instance instance = properties.instances().get(name);
        return instance == null || instance.enabled();
    }
}
