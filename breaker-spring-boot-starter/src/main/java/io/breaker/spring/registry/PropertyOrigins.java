package io.breaker.spring.registry;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.BoundConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.context.ApplicationContext;

/** Knows in which file and line a property stands. Safe for concurrent use. */
public final class PropertyOrigins {

    private final Supplier<Map<ConfigurationPropertyName, ConfigurationProperty>> bound;

    private PropertyOrigins(Supplier<Map<ConfigurationPropertyName, ConfigurationProperty>> bound) {
        this.bound = bound;
    }

    /**
     * Looks among the properties that were bound in an application.
     *
     * @param context the application
     * @return knows of all properties that are bound by then
     */
    public static PropertyOrigins of(ApplicationContext context) {
        return new PropertyOrigins(() -> Optional.ofNullable(BoundConfigurationProperties.get(context))
                .map(BoundConfigurationProperties::getAll)
                .orElse(Map.of()));
    }

    /** Gives the properties that were bound. */
    Map<ConfigurationPropertyName, ConfigurationProperty> bound() {
        return bound.get();
    }

    /** Writes the name of a property and where it stands, as the subject of a sentence. */
    static String subject(String property, @Nullable Origin origin) {
        return "Property '" + property + "'" + (origin == null ? "" : " (" + origin + ")");
    }

    /**
     * Says where the settings of an HTTP client stand.
     *
     * @param client the name of the client
     * @return the subject of a sentence
     */
    public String subjectOfHttpClient(String client) {
        return subject(PropertyPath.httpClient(client));
    }

    /** Says where the first of some settings stands, as the subject of a sentence. */
    String subject(PropertyPath path) {
        ConfigurationPropertyName section = ConfigurationPropertyName.adapt(path.text(), '.');
        Origin first = bound().entrySet().stream()
                .filter(property -> section.isAncestorOf(property.getKey()))
                .map(property -> property.getValue().getOrigin())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return subject(path.text(), first);
    }

    /** Looks among properties that were read one by one. */
    static PropertyOrigins of(Map<ConfigurationPropertyName, ConfigurationProperty> bound) {
        return new PropertyOrigins(() -> bound);
    }

    /**
     * Says where a setting of an HTTP client stands.
     *
     * @param client the name of the client
     * @param key the last part of the property
     * @return the subject of a sentence
     */
    public String subjectOfHttpClient(String client, String key) {
        return subject(PropertyPath.httpClient(client), key);
    }

    /** Says in the message of a fault where a property stands, as the subject of a sentence. */
    String subject(PropertyPath path, String key) {
        return subject(
                path.text(key),
                origin(path.name(key))
                        .or(() -> origin(path.name(withoutQuotes(key))))
                        .or(() -> origin(path.name(key + "[0]")))
                        .orElse(null));
    }

    private Optional<Origin> origin(ConfigurationPropertyName name) {
        return Optional.ofNullable(bound().get(name)).map(ConfigurationProperty::getOrigin);
    }

    /** What a key becomes that YAML takes for a truth value, see {@link BreakerProperties.RetrySettings}. */
    private static String withoutQuotes(String key) {
        return key.endsWith(".on") ? key.substring(0, key.length() - "on".length()) + "true" : key;
    }
}
