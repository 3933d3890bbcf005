package io.breaker.spring.registry;

import java.util.Optional;
import java.util.function.Function;
import org.springframework.boot.context.properties.BoundConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.context.ApplicationContext;

/** Knows in which file and line a property stands. Safe for concurrent use. */
public final class PropertyOrigins {

    private final Function<ConfigurationPropertyName, Optional<Origin>> origins;

    private PropertyOrigins(Function<ConfigurationPropertyName, Optional<Origin>> origins) {
        this.origins = origins;
    }

    /**
     * Looks among the properties that were bound in an application.
     *
     * @param context the application
     * @return knows of all properties that are bound by then
     */
    public static PropertyOrigins of(ApplicationContext context) {
        return new PropertyOrigins(name -> Optional.ofNullable(BoundConfigurationProperties.get(context))
                .map(bound -> bound.get(name))
                .map(ConfigurationProperty::getOrigin));
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
        String property = "Property '" + path.text(key) + "'";
        return origins.apply(path.name(key))
                .or(() -> origins.apply(path.name(withoutQuotes(key))))
                .map(origin -> property + " (" + origin + ")")
                .orElse(property);
    }

    /** What a key becomes that YAML takes for a truth value, see {@link BreakerProperties.RetrySettings}. */
    private static String withoutQuotes(String key) {
        return key.endsWith(".on") ? key.substring(0, key.length() - "on".length()) + "true" : key;
    }
}
