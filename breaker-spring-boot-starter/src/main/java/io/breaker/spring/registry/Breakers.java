package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.pipeline.Pipeline;
import java.util.List;
import java.util.Optional;
import org.springframework.core.env.Environment;

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

    private final CircuitBreakerRegistry registry;
    private final Catalog catalog;

    private Breakers(CircuitBreakerRegistry registry, Catalog catalog) {
        this.registry = registry;
        this.catalog = catalog;
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
        properties.warnOfUnread();
        BreakerDrafts drafts = new BreakerDrafts(properties, vocabularies, customizers);
        Breakers breakers = new Breakers(registry, new Catalog(registry, drafts, policies));
        // Those that are there already can stop the start; of a later one, the registry logs what is wrong with it.
        registry.all().forEach(Breakers::requireName);
        registry.all().forEach(breakers::adopt);
        registry.forEach(breakers::adopt);
        registry.checkReconfigurations((name, config) -> BlueprintFactory.refuseImpossible(name, config));
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
            return catalog.publish(name, Optional.empty());
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
        return catalog.publish(guard.name(), Optional.of(guard));
    }

    /**
     * Takes the properties as they are now, while the breakers work. Those whose settings do not change are left alone;
     * the others are reconfigured, and keep their state. If anything is wrong, nothing changes.
     *
     * @param environment has the properties
     * @return what came of it
     * @throws BreakerConfigurationException if a property is wrong, or some do not fit together
     * @throws org.springframework.boot.context.properties.bind.BindException if a value cannot be read, or a key is
     *     unknown
     */
    public Refreshed refresh(Environment environment) {
        return catalog.refresh(environment);
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
        LivePipeline pipeline = catalog.find(name).orElseThrow().pipeline();
        if (pipeline.isNotYetOpen()) {
            // Whoever is told of a new breaker may ask for its pipeline before the catalog comes to open it.
            catalog.open(pipeline, breaker);
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
        return catalog.find(name).map(CatalogEntry::pipeline);
    }

    /**
     * Tells whether a breaker does anything.
     *
     * @param name the name
     * @return false where {@code breaker.instances.<name>.enabled} says so
     */
    public boolean enabled(String name) {
        return catalog.properties().enabled(name);
    }

    /**
     * Tells what a breaker is made of.
     *
     * @param name the name
     * @return empty if there is no breaker of that name
     */
    public Optional<BreakerDescription> describe(String name) {
        return catalog.find(name)
                .or(() -> registry.find(name).map(breaker -> catalog.begin(name)))
                .map(entry -> entry.describe(name, !catalog.properties().passesThrough(name), registry.find(name)));
    }

    /** Tells what of the settings of a breaker is hardly meant as it stands; nothing where they do nothing. */
    List<String> doubts(String name) {
        return catalog.properties().passesThrough(name)
                ? List.of()
                : catalog.find(name).map(entry -> entry.blueprint().doubts()).orElse(List.of());
    }

    /**
     * Works out what a name would be made of, so that what is wrong with it is found before somebody asks for it.
     *
     * @throws BreakerConfigurationException if a setting is wrong, or some do not fit together
     */
    void rehearse(String name) {
        catalog.rehearse(name);
    }

    /** Tells whether the properties of a name have the last word over what an annotation can say of it. */
    boolean decidedByProperties(String name) {
        return catalog.properties().instance(name).stream()
                .anyMatch(layer -> SettingKey.TRIPPER.isIn(layer.settings()));
    }

    /**
     * Counts a call that a fallback answered.
     *
     * @param name the name of the breaker
     */
    public void countFallback(String name) {
        catalog.find(name).ifPresent(entry -> entry.fallbacks().increment());
    }

    /**
     * Counts what stands beside a breaker did.
     *
     * @param name the name of the breaker
     * @return the counts since the start; all 0 if there is no breaker of that name
     */
    public PolicyTotals totals(String name) {
        return catalog.find(name).map(CatalogEntry::totals).orElse(PolicyTotals.ZERO);
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

    /** Properties have the last word over code: also over a breaker that the application made itself. */
    private void adopt(CircuitBreaker breaker) {
        if (catalog.find(breaker.name()).isEmpty()) {
            catalog.publish(breaker.name(), Optional.empty());
        }
    }
}
