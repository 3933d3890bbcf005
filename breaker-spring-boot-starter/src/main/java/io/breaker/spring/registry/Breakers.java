package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.StateOverride;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The breakers of an application by name: what they are made of and what they guard. Safe for concurrent use.
 *
 * <p>Settings come from several places and are merged one by one. From the weakest to the strongest: built-in defaults,
 * {@code breaker.defaults}, the {@code breaker.configs} entry that the annotation names, the annotation, the
 * {@code breaker.configs} entry that {@code base-config} names, {@code breaker.instances.<name>}, and
 * {@link CircuitBreakerConfigCustomizer} beans. A breaker that the application registered by hand keeps what it was made
 * with in place of all that is weaker than the annotation.
 */
public final class Breakers {

    /*
     * Invariants
     *
     * - A blueprint is worked out without the lock, because that makes beans and runs customizers. It is taken only if
     *   the entry it started from is still the one in the map.
     * - An entry is put into the map before its breaker is registered, so whoever the registry tells of a new breaker
     *   can have it described.
     */
    private final ConcurrentMap<String, CatalogEntry> entries = new ConcurrentHashMap<>();

    private final ReentrantLock publishing = new ReentrantLock();
    private final CircuitBreakerRegistry registry;
    private final PropertyLayers properties;
    private final BreakerDrafts drafts;

    private Breakers(CircuitBreakerRegistry registry, PropertyLayers properties, BreakerDrafts drafts) {
        this.registry = registry;
        this.properties = properties;
        this.drafts = drafts;
    }

    /**
     * Makes an empty catalog, and checks all properties, whether a breaker uses them or not.
     *
     * @param registry where the breakers are registered
     * @param properties the settings that stand in properties
     * @param vocabularies the words that expressions may use
     * @param customizers change the settings last, in this order
     * @return the catalog
     * @throws BreakerConfigurationException if a property is wrong
     */
    public static Breakers of(
            CircuitBreakerRegistry registry,
            PropertyLayers properties,
            Vocabularies vocabularies,
            List<CircuitBreakerConfigCustomizer> customizers) {
        properties.check(vocabularies);
        Breakers breakers =
                new Breakers(registry, properties, new BreakerDrafts(properties, vocabularies, customizers));
        // Those that are there already can stop the start; of a later one, the registry logs what is wrong with it.
        registry.all().forEach(breakers::adopt);
        registry.forEach(breakers::adopt);
        return breakers;
    }

    /**
     * Gives a breaker; makes it of its properties if there is none of that name.
     *
     * @param name the name
     * @return the breaker
     * @throws IllegalArgumentException if the name is blank or contains {@code /}
     */
    public CircuitBreaker get(String name) {
        return registry.find(name).orElseGet(() -> {
            BreakerNames.check(name, (problem, action) -> new IllegalArgumentException(problem));
            return publish(name, Optional.empty());
        });
    }

    /**
     * Makes the breaker of a guarded method, or adds the method to those that its breaker guards. A breaker that is there
     * already is reconfigured if the method says more of it than those before.
     *
     * @param guard the method
     * @return the breaker
     * @throws BreakerConfigurationException if a setting is wrong, or differs from that of another method
     */
    public CircuitBreaker register(Guard guard) {
        BreakerNames.check(guard.name(), (problem, action) -> guard.fault("name", problem, action));
        return publish(guard.name(), Optional.of(guard));
    }

    /**
     * Tells whether a breaker does anything.
     *
     * @param name the name
     * @return false where {@code breaker.instances.<name>.enabled} says so
     */
    public boolean enabled(String name) {
        return properties.enabled(name);
    }

    /**
     * Tells what a breaker is made of.
     *
     * @param name the name
     * @return empty if there is no breaker of that name
     */
    public Optional<BreakerDescription> describe(String name) {
        CatalogEntry entry = entries.get(name);
        return entry != null
                ? Optional.of(entry.describe(name, enabled(name)))
                : registry.find(name)
                        .map(breaker -> drafts.begin(Base.of(breaker)).describe(name, enabled(name)));
    }

    /**
     * Counts a call that a fallback answered.
     *
     * @param name the name of the breaker
     */
    public void countFallback(String name) {
        Optional.ofNullable(entries.get(name))
                .ifPresent(entry -> entry.fallbacks().increment());
    }

    /**
     * Tells how many calls a fallback answered.
     *
     * @param name the name of the breaker
     * @return the number since the start; 0 if there is no breaker of that name
     */
    public long fallbacks(String name) {
        return Optional.ofNullable(entries.get(name))
                .map(entry -> entry.fallbacks().sum())
                .orElse(0L);
    }

    /** Properties have the last word over code: also over a breaker that the application made itself. */
    private void adopt(CircuitBreaker breaker) {
        if (!entries.containsKey(breaker.name())) {
            publish(breaker.name(), Optional.empty());
        }
    }

    private CircuitBreaker publish(String name, Optional<Guard> guard) {
        while (true) {
            CatalogEntry known = entries.get(name);
            CatalogEntry before = known != null ? known : begin(name);
            CatalogEntry after = drafts.complete(name, before, guard);
            publishing.lock();
            try {
                if (Objects.equals(entries.get(name), known)) {
                    entries.put(name, after);
                    return apply(name, before.blueprint(), after.blueprint());
                }
            } finally {
                publishing.unlock();
            }
        }
    }

    private CatalogEntry begin(String name) {
        return drafts.begin(registry.find(name).map(Base::of).orElse(Base.DEFAULTS));
    }

    private CircuitBreaker apply(String name, Blueprint before, Blueprint after) {
        CircuitBreaker breaker = registry.find(name).orElse(null);
        if (breaker == null) {
            return registry.register(name, after.config());
        }
        if (!after.settings().equals(before.settings())) {
            breaker.reconfigure(after.config());
        }
        // A new configuration does not move a breaker to another state.
        if (after.config().initialState() != before.config().initialState()) {
            breaker.override(StateOverride.to(after.config().initialState()).because("initial-state"));
        }
        return breaker;
    }
}
