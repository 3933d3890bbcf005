package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitState;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the catalog knows of one breaker.
 *
 * @param base what its settings are merged over
 * @param guards the methods it guards
 * @param blueprint what it is made of
 * @param pipeline what the calls go through
 * @param fallbacks how many calls the fallback of a method answered
 */
record CatalogEntry(Base base, List<Guard> guards, Blueprint blueprint, LivePipeline pipeline, LongAdder fallbacks) {

    /** Begins the entry of a breaker that guards nothing yet. */
    static CatalogEntry of(Base base, Blueprint blueprint, LivePipeline pipeline) {
        return new CatalogEntry(base, List.of(), blueprint, pipeline, new LongAdder());
    }

    CatalogEntry with(List<Guard> otherGuards, Blueprint otherBlueprint) {
        return new CatalogEntry(base, otherGuards, otherBlueprint, pipeline, fallbacks);
    }

    CircuitState initialState() {
        return blueprint.config().initialState();
    }

    PolicyTotals totals() {
        PolicyTotals counted = pipeline.totals();
        return new PolicyTotals(
                counted.retries(),
                counted.timeouts(),
                counted.fallbacks() + fallbacks.sum(),
                counted.bulkheadRejections());
    }

    BreakerDescription describe(String name, boolean enabled, Optional<CircuitBreaker> breaker) {
        Blueprint present =
                breaker.map(CircuitBreaker::config).map(blueprint::asOfNow).orElse(blueprint);
        List<String> methods = guards.stream().map(Guard::shortPlace).sorted().toList();
        Map<String, String> fallbackMethods = new TreeMap<>();
        for (Guard guard : guards) {
            if (guard.fallback() != null) {
                fallbackMethods.put(guard.shortPlace(), guard.fallback());
            }
        }
        return new BreakerDescription(
                name,
                enabled,
                present.settings(),
                methods,
                Collections.unmodifiableMap(fallbackMethods),
                totals().fallbacks());
    }
}
