package io.breaker.spring.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Looks at the names of properties as they are written, for what Spring Boot makes of them in silence: it drops characters
 * of names outside brackets, and takes the first of two names that differ in upper case and hyphens alone.
 *
 * @param environment where the properties stand
 */
record WrittenNames(ConfigurableEnvironment environment) {

    /** What the application names itself, outside brackets. */
    private static final Pattern CHOSEN = Pattern.compile(
            "breaker\\.(instances|configs|http\\.clients)\\.([^.\\[]+).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern KEPT = Pattern.compile("[A-Za-z0-9_-]+");

    /**
     * Checks all names.
     *
     * @throws BreakerConfigurationException for the first wrong one
     */
    void check() {
        for (PropertySource<?> source : environment.getPropertySources()) {
            // An environment variable has neither, and is spelt in its own way. Of what is composed, each part may have
            // its own spelling, as each file may.
            if (source instanceof EnumerablePropertySource<?> listed
                    && !(source instanceof SystemEnvironmentPropertySource)
                    && !(source instanceof CompositePropertySource)) {
                check(listed);
            }
        }
    }

    private static void check(EnumerablePropertySource<?> source) {
        List<String> names = new ArrayList<>();
        for (String name : source.getPropertyNames()) {
            if (name.toLowerCase(Locale.ROOT).startsWith("breaker.")) {
                names.add(name);
            } else if (name.equals("breaker")
                    && !String.valueOf(source.getProperty(name)).isBlank()) {
                throw fault(
                        source,
                        name,
                        "it has keys of its own, and takes no value: " + source.getProperty(name),
                        "Write keys below it, such as breaker.enabled: " + source.getProperty(name));
            }
        }
        Map<ConfigurationPropertyName, String> known = new HashMap<>();
        Map<ConfigurationPropertyName, String> chosen = new HashMap<>();
        for (String name : names) {
            requireKept(source, name);
            requireOneSpelling(source, name, chosen);
            requireOnce(source, name, known);
        }
    }

    private static void requireKept(PropertySource<?> source, String name) {
        Matcher matcher = CHOSEN.matcher(name);
        if (matcher.matches() && !KEPT.matcher(matcher.group(2)).matches()) {
            String read = matcher.group(2).replaceAll("[^A-Za-z0-9_-]", "");
            throw fault(
                    source,
                    name,
                    "a name is read without the characters that are no letters of ASCII, digits, '-' or '_': '"
                            + matcher.group(2) + "' as '" + read + "'",
                    "Write the name in brackets: breaker." + matcher.group(1) + "[" + matcher.group(2)
                            + "]. In YAML, quote it: \"[" + matcher.group(2) + "]\"");
        }
    }

    private static void requireOneSpelling(
            PropertySource<?> source, String name, Map<ConfigurationPropertyName, String> chosen) {
        Matcher matcher = CHOSEN.matcher(name);
        if (!matcher.matches()) {
            return;
        }
        String path = "breaker." + matcher.group(1) + "." + matcher.group(2);
        String other = chosen.putIfAbsent(ConfigurationPropertyName.adapt(path, '.'), matcher.group(2));
        if (other != null && !other.equals(matcher.group(2))) {
            throw fault(
                    source,
                    name,
                    "upper case and hyphens make no difference outside brackets, so the settings of '" + other
                            + "' and '" + matcher.group(2) + "' are mixed",
                    "Write one name for both, or write them in brackets: breaker." + matcher.group(1) + "["
                            + matcher.group(2) + "]");
        }
    }

    private static void requireOnce(
            PropertySource<?> source, String name, Map<ConfigurationPropertyName, String> known) {
        String other = known.putIfAbsent(ConfigurationPropertyName.adapt(name, '.'), name);
        if (other != null) {
            throw fault(
                    source,
                    name,
                    "it stands there twice:\n- " + PropertyOrigins.subject(other, origin(source, other)),
                    "Write it once.");
        }
    }

    private static BreakerConfigurationException fault(
            PropertySource<?> source, String name, String problem, String action) {
        return BreakerConfigurationException.of(PropertyOrigins.subject(name, origin(source, name)), problem, action);
    }

    private static @Nullable Origin origin(PropertySource<?> source, String name) {
        return OriginLookup.getOrigin(source, name);
    }
}
