package io.breaker.spring.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Works out what a breaker is made of, from its properties and the methods it guards. */
final class BreakerDrafts {

    private final PropertyLayers properties;
    private final Vocabularies vocabularies;
    private final BlueprintFactory blueprints;
    private final GuardAgreement agreement;
    /** Nearly every breaker begins with it. */
    private final Blueprint builtIn;

    BreakerDrafts(
            PropertyLayers properties, Vocabularies vocabularies, List<CircuitBreakerConfigCustomizer> customizers) {
        this(properties, vocabularies, new BlueprintFactory(vocabularies, customizers));
    }

    private BreakerDrafts(PropertyLayers properties, Vocabularies vocabularies, BlueprintFactory blueprints) {
        this.properties = properties;
        this.vocabularies = vocabularies;
        this.blueprints = blueprints;
        this.agreement = new GuardAgreement(vocabularies);
        this.builtIn = blueprints.of(Base.DEFAULTS);
    }

    PropertyLayers properties() {
        return properties;
    }

    /**
     * Gives the drafts of other properties, all of which are checked, whether a breaker uses them or not.
     *
     * @throws BreakerConfigurationException if a property is wrong
     */
    BreakerDrafts with(PropertyLayers others) {
        others.check(vocabularies);
        return new BreakerDrafts(others, vocabularies, blueprints);
    }

    /** Begins the entry of a breaker, in which nothing is merged over its base. */
    CatalogEntry begin(Base base, LivePipeline pipeline) {
        return CatalogEntry.of(base, base.code() == null ? builtIn : blueprints.of(base), pipeline);
    }

    /** Gives the entry with everything merged that is known of the breaker, one more method included. */
    CatalogEntry complete(String name, CatalogEntry entry, Optional<Guard> more) {
        more.ifPresent(guard -> {
            PropertyLayers.check(new AnnotationLayer(guard), vocabularies);
            agreement.check(entry.guards(), guard);
        });
        List<Guard> guards = with(entry.guards(), more);
        return entry.with(guards, blueprints.of(name, entry.base(), layers(name, entry.base(), guards)));
    }

    private static List<Guard> with(List<Guard> guards, Optional<Guard> more) {
        return more.filter(guard -> !guards.contains(guard))
                .map(guard -> Stream.concat(guards.stream(), Stream.of(guard)).toList())
                .orElse(guards);
    }

    private List<Layer> layers(String name, Base base, List<Guard> guards) {
        List<Layer> configs =
                guards.stream().flatMap(guard -> config(guard).stream()).toList();
        List<Layer> layers = new ArrayList<>();
        if (base.code() == null) {
            layers.add(properties.defaults());
            layers.addAll(configs);
        }
        guards.forEach(guard -> layers.add(new AnnotationLayer(guard)));
        layers.addAll(properties.instance(name));
        return layers;
    }

    private Optional<Layer> config(Guard guard) {
        try {
            return Optional.ofNullable(guard.config()).map(properties::config);
        } catch (UnknownNameException unknown) {
            throw guard.fault("config", String.valueOf(unknown.getMessage()), unknown.advice());
        }
    }
}
