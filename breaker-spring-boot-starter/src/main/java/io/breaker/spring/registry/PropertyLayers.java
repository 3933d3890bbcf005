package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.spring.registry.BreakerProperties.Instance;
import io.breaker.spring.registry.BreakerProperties.Settings;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/** The settings that stand in properties, by the place where they stand. Immutable. */
public final class PropertyLayers {

    private static final Log LOGGER = LogFactory.getLog(PropertyLayers.class);

    private static final String BASE_CONFIG = "base-config";

    private final BreakerProperties properties;
    /** Those of the start, which say for good what is enabled: a proxy that was not made then is not made later. */
    private final BreakerProperties switches;

    private final PropertyOrigins origins;
    private final Environment environment;

    private PropertyLayers(
            BreakerProperties properties,
            BreakerProperties switches,
            PropertyOrigins origins,
            Environment environment) {
        this.properties = properties;
        this.switches = switches;
        this.origins = origins;
        this.environment = environment;
    }

    /**
     * Takes the settings of an application.
     *
     * @param properties the properties
     * @param context knows in which files they stand
     * @return the settings
     */
    public static PropertyLayers of(BreakerProperties properties, ApplicationContext context) {
        return new PropertyLayers(properties, properties, PropertyOrigins.of(context), context.getEnvironment());
    }

    /**
     * Reads the settings as they are now. What is enabled stays as it is.
     *
     * @throws org.springframework.boot.context.properties.bind.BindException if a value cannot be read, or a key is
     *     unknown
     */
    PropertyLayers readAnew(Environment environment) {
        FreshProperties fresh = FreshProperties.of(environment);
        return new PropertyLayers(fresh.properties(), switches, fresh.origins(), environment);
    }

    /** Lists what differs from earlier settings but has no effect before the next start. */
    List<String> changesForTheNextStart(PropertyLayers earlier) {
        return RestartOnly.changes(earlier.properties, properties);
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
        if (instance != null && instance.baseConfig() != null) {
            layers.add(baseConfig(PropertyPath.instance(name), instance.baseConfig()));
        }
        if (instance != null) {
            layers.add(layer(PropertyPath.instance(name), instance.settings()));
        }
        if (isSwitchedOff(name)) {
            layers.add(new SwitchedOffLayer(PropertyPath.instance(name)));
        }
        return layers;
    }

    /** Tells whether calls in code are to pass through, too, because nothing is enabled, or the name is not. */
    boolean passesThrough(String name) {
        return !switches.enabled() || !enabled(name);
    }

    boolean enabled(String name) {
        return !isSwitchedOff(name)
                && BreakerNames.family(name).map(this::enabled).orElse(true);
    }

    private boolean isSwitchedOff(String name) {
        Instance instance = switches.instances().get(name);
        return instance != null && !instance.enabled();
    }

    /**
     * Checks every value, whether a breaker uses it or not.
     *
     * @throws BreakerConfigurationException for the first wrong one
     */
    void check(Vocabularies vocabularies) {
        checkAsWritten();
        check(defaults(), vocabularies);
        properties.configs().keySet().forEach(name -> check(config(name), vocabularies));
        properties.instances().keySet().forEach(name -> {
            PropertyPath path = PropertyPath.instance(name);
            BreakerNames.check(
                    name,
                    (problem, action) -> BreakerConfigurationException.of(origins.subject(path), problem, action));
            instance(name).forEach(layer -> check(layer, vocabularies));
        });
    }

    private void checkAsWritten() {
        new WrittenValues(origins.bound(), environment).check();
        if (environment instanceof ConfigurableEnvironment listed) {
            new WrittenNames(listed).check();
        }
    }

    /** Warns of what looks like a setting, but is read by nobody. */
    void warnOfUnread() {
        if (environment instanceof ConfigurableEnvironment listed) {
            for (PropertySource<?> source : listed.getPropertySources()) {
                new UnreadProperties(source, origins.bound().keySet()).find().forEach(LOGGER::warn);
            }
        }
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
