package io.breaker.spring.registry;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds environment variables and system properties that begin like a property of ours, but are none. Spring Boot lets
 * them pass, since they may belong to something else; so they are a warning, and do not stop the start.
 *
 * @param source where they stand
 * @param bound the names of the properties that were read
 */
record UnreadProperties(PropertySource<?> source, Set<ConfigurationPropertyName> bound) {

    /** Gives what is to be said, a sentence for each. */
    List<String> find() {
        if (!(source instanceof EnumerablePropertySource<?> listed)) {
            return List.of();
        }
        if (source instanceof SystemEnvironmentPropertySource) {
            return find(listed, "BREAKER_", "Environment variable", '_');
        }
        return source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
                ? find(listed, "breaker.", "System property", '.')
                : List.of();
    }

    private List<String> find(EnumerablePropertySource<?> listed, String prefix, String kind, char separator) {
        Set<String> read = bound.stream().map(name -> letters(name.toString())).collect(Collectors.toSet());
        return Stream.of(listed.getPropertyNames())
                .filter(name -> name.startsWith(prefix) && !read.contains(letters(name)))
                .sorted()
                .map(name -> kind + " '" + name + "' sets nothing, because there is no such property. "
                        + PropertyKeys.advice(
                                ConfigurationPropertyName.adapt(name.toLowerCase(Locale.ROOT), separator)))
                .toList();
    }

    /** Leaves out what differs between the ways of writing a name. */
    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
