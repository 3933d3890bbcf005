package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.spring.registry.BreakerProperties.Instance;
import io.breaker.spring.registry.BreakerProperties.Settings;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;

/** The settings that stand in properties, by the place where they stand. Immutable. */
public final class PropertyLayers {

    private static final String BASE_CONFIG = "base-config";

    private final BreakerProperties properties;
    private final PropertyOrigins origins;

    private PropertyLayers(BreakerProperties properties, PropertyOrigins origins) {
        this.properties = properties;
        this.origins = origins;
    }

    /**
     * Takes the settings of an application.
     *
     * @param properties the properties
     * @param context knows in which files they stand
     * @return the settings
     */
    public static PropertyLayers of(BreakerProperties properties, ApplicationContext context) {
        return new PropertyLayers(properties, PropertyOrigins.of(context));
    }

    Layer defaults() {
        return layer(PropertyPath.DEFAULTS, properties.defaults());
    }

    /**
     * Finds an entry of {@code breaker.configs}.
     *
     * @throws UnknownNameException if there is none of that name
     */
    Layer config(String name) {
        Settings settings = properties.configs().get(name);
        if (settings == null) {
            throw new UnknownNameException(
                    "breaker.configs has no entry '" + name + "'",
                    "entries of breaker.configs",
                    name,
                    properties.configs().keySet());
        }
        return layer(PropertyPath.config(name), settings);
    }

    /**
     * Gives what the properties say of one breaker and its family, the weakest first; nothing if they do not name them.
     */
    List<Layer> instance(String name) {
        List<Layer> layers = new ArrayList<>();
        BreakerNames.family(name).ifPresent(family -> layers.addAll(instance(family)));
        Instance instance = properties.instances().get(name);
        if (instance == null) {
            return layers;
        }
        if (instance.baseConfig() != null) {
            layers.add(baseConfig(PropertyPath.instance(name), instance.baseConfig()));
        }
        layers.add(layer(PropertyPath.instance(name), instance.settings()));
        if (!instance.enabled()) {
            layers.add(new SwitchedOffLayer(PropertyPath.instance(name)));
        }
        return layers;
    }

    /** Tells whether calls in code are to pass through, too, because nothing is enabled, or the name is not. */
    boolean passesThrough(String name) {
        return !properties.enabled() || !enabled(name);
    }

    boolean enabled(String name) {
        Instance instance = properties.instances().get(name);
        return (instance == null || instance.enabled())
                && BreakerNames.family(name).map(this::enabled).orElse(true);
    }

    /**
     * Checks every value, whether a breaker uses it or not.
     *
     * @throws BreakerConfigurationException for the first wrong one
     */
    void check(Vocabularies vocabularies) {
        check(defaults(), vocabularies);
        properties.configs().keySet().forEach(name -> check(config(name), vocabularies));
        properties.instances().keySet().forEach(name -> {
            PropertyPath path = PropertyPath.instance(name);
            BreakerNames.check(
                    name,
                    (problem, action) ->
                            BreakerConfigurationException.of("Property '" + path.text() + "'", problem, action));
            instance(name).forEach(layer -> check(layer, vocabularies));
        });
    }

    /** Checks every value of one place, also those that another place overrides. */
    static void check(Layer layer, Vocabularies vocabularies) {
        PipelineDraft scratch = new PipelineDraft(CircuitBreakerConfig.builder());
        SettingKeys.ALL.forEach(key -> layer.write(key, scratch, vocabularies));
    }

    private Layer baseConfig(PropertyPath instance, String name) {
        try {
            return config(name);
        } catch (UnknownNameException unknown) {
            throw BreakerConfigurationException.of(
                    origins.subject(instance, BASE_CONFIG), String.valueOf(unknown.getMessage()), unknown.advice());
        }
    }

    private Layer layer(PropertyPath path, Settings settings) {
        return new PropertyLayer(path, settings, origins);
    }
}
