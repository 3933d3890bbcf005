package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.StateOverride;
import io.breaker.pipeline.Pipeline;
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
 * {@link CircuitBreakerConfigCustomizer} beans. Of a breaker named such as {@code payments@example.com}, what
 * {@code breaker.instances} says of {@code payments} counts too, before what it says of that very name. A breaker that
 * the application registered by hand keeps what it was made with in place of all that is weaker than the annotation.
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
    private final PolicyFactory policies;

    private Breakers(
            CircuitBreakerRegistry registry, PropertyLayers properties, BreakerDrafts drafts, PolicyFactory policies) {
        this.registry = registry;
        this.properties = properties;
        this.drafts = drafts;
        this.policies = policies;
    }

    /**
     * Makes an empty catalog, and checks all properties, whether a breaker uses them or not.
     *
     * @param registry where the breakers are registered
     * @param properties the settings that stand in properties
     * @param vocabularies the words that expressions may use
     * @param customizers change the settings last, in this order
     * @param policies makes what stands beside the breakers
     * @return the catalog
     * @throws BreakerConfigurationException if a property is wrong
     */
    public static Breakers of(
            CircuitBreakerRegistry registry,
            PropertyLayers properties,
            Vocabularies vocabularies,
            List<CircuitBreakerConfigCustomizer> customizers,
            PolicyFactory policies) {
        properties.check(vocabularies);
        BreakerDrafts drafts = new BreakerDrafts(properties, vocabularies, customizers);
        Breakers breakers = new Breakers(registry, properties, drafts, policies);
        // Those that are there already can stop the start; of a later one, the registry logs what is wrong with it.
        registry.all().forEach(Breakers::requireName);
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

    /** Gives the pipeline of a name; makes it of its properties if there is none. */
    Pipeline pipeline(String name) {
        return livePipeline(name).passage().pipeline();
    }

    /**
     * Gives what the calls of a name go through; makes it of its properties if there is nothing yet.
     *
     * @param name the name
     * @return the pipeline, which calls can go through
     * @throws IllegalArgumentException if the name is blank or contains {@code /}
     */
    public LivePipeline livePipeline(String name) {
        CircuitBreaker breaker = get(name);
        adopt(breaker);
        LivePipeline pipeline = entry(name).orElseThrow().pipeline();
        publishing.lock();
        try {
            // Whoever is told of a new breaker may ask for its pipeline before the catalog comes to open it.
            pipeline.open(breaker);
        } finally {
            publishing.unlock();
        }
        return pipeline;
    }

    /**
     * Finds what the calls of a name go through.
     *
     * @param name the name
     * @return empty if nothing was registered under that name
     */
    public Optional<LivePipeline> findPipeline(String name) {
        return entry(name).map(CatalogEntry::pipeline);
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
        return entry(name)
                .or(() -> registry.find(name).map(breaker -> begin(name)))
                .map(entry -> entry.describe(name, enabled(name)));
    }

    /** Tells what of the settings of a breaker is hardly meant as it stands; nothing where they do nothing. */
    List<String> doubts(String name) {
        return properties.passesThrough(name)
                ? List.of()
                : entry(name).map(entry -> entry.blueprint().doubts()).orElse(List.of());
    }

    /**
     * Works out what a name would be made of, so that what is wrong with it is found before somebody asks for it.
     *
     * @throws BreakerConfigurationException if a setting is wrong, or some do not fit together
     */
    void rehearse(String name) {
        drafts.complete(name, drafts.begin(Base.DEFAULTS, new LivePipeline(name, null)), Optional.empty());
    }

    /** Tells whether the properties of a name have the last word over what an annotation can say of it. */
    boolean decidedByProperties(String name) {
        return properties.instance(name).stream().anyMatch(layer -> SettingKey.TRIPPER.isIn(layer.settings()));
    }

    /**
     * Counts a call that a fallback answered.
     *
     * @param name the name of the breaker
     */
    public void countFallback(String name) {
        entry(name).ifPresent(entry -> entry.fallbacks().increment());
    }

    /**
     * Counts what stands beside a breaker did.
     *
     * @param name the name of the breaker
     * @return the counts since the start; all 0 if there is no breaker of that name
     */
    public PolicyTotals totals(String name) {
        return entry(name).map(CatalogEntry::totals).orElse(PolicyTotals.ZERO);
    }

    /**
     * Tells how many calls a fallback answered.
     *
     * @param name the name of the breaker
     * @return the number since the start; 0 if there is no breaker of that name
     */
    public long fallbacks(String name) {
        return totals(name).fallbacks();
    }

    private static void requireName(CircuitBreaker registeredByHand) {
        String name = registeredByHand.name();
        BreakerNames.check(
                name,
                (problem, action) ->
                        BreakerConfigurationException.of("Circuit breaker '" + name + "'", problem, action));
    }

    private Optional<CatalogEntry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
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
            if (!after.blueprint().pipeline().isBreakerAlone()) {
                policies.awaken();
            }
            publishing.lock();
            try {
                if (Objects.equals(entries.get(name), known)) {
                    entries.put(name, after);
                    return apply(name, before, after);
                }
            } finally {
                publishing.unlock();
            }
        }
    }

    private CatalogEntry begin(String name) {
        Base base = registry.find(name).map(Base::of).orElse(Base.DEFAULTS);
        return drafts.begin(base, new LivePipeline(name, properties.passesThrough(name) ? null : policies));
    }

    private CircuitBreaker apply(String name, CatalogEntry before, CatalogEntry after) {
        LivePipeline pipeline = after.pipeline();
        pipeline.prepare(after.blueprint().pipeline());
        CircuitBreaker breaker = apply(name, before.blueprint(), after.blueprint());
        pipeline.open(breaker);
        return breaker;
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
