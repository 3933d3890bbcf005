package io.breaker.spring.registry;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * What properties begin with, such as {@code breaker.instances.payments}. Immutable.
 *
 * @param text the path; a name that is no plain word stands in brackets
 */
record PropertyPath(String text) {

    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_-]+");

    static final PropertyPath DEFAULTS = new PropertyPath("breaker.defaults");

    static PropertyPath config(String name) {
        return new PropertyPath("breaker.configs" + element(name));
    }

    static PropertyPath instance(String name) {
        return new PropertyPath("breaker.instances" + element(name));
    }

    /** Tells whether one name is meant, rather than all that refer to a configuration. */
    boolean isOfInstance() {
        return text.startsWith("breaker.instances");
    }

    static PropertyPath httpClient(String name) {
        return new PropertyPath("breaker.http.clients" + element(name));
    }

    private static String element(String name) {
        return PLAIN_WORD.matcher(name).matches() ? "." + name : "[" + name + "]";
    }

    /** Gives the name of a property. */
    String text(String key) {
        return text + "." + key;
    }

    /** Gives the name of a property for a look-up, which ignores upper case and hyphens outside brackets. */
    ConfigurationPropertyName name(String key) {
        return ConfigurationPropertyName.adapt(text(key), '.');
    }
}
