package io.breaker.spring.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * Looks at values as they are written, for what cannot be seen in those that Spring Boot made of them: it takes a bare
 * number for milliseconds, cuts the fraction off a whole number, and leaves a placeholder that nobody resolves as it is.
 *
 * @param bound the properties that were read
 * @param environment resolves placeholders
 */
record WrittenValues(Map<ConfigurationPropertyName, ConfigurationProperty> bound, Environment environment) {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("breaker");

    /** Zero is the same in all units. */
    private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?0*[1-9][0-9]*");

    /**
     * Checks all values.
     *
     * @throws BreakerConfigurationException for the first wrong one
     */
    void check() {
        bound.forEach((name, property) -> {
            if (PREFIX.isAncestorOf(name)) {
                check(property);
            }
        });
    }

    private void check(ConfigurationProperty property) {
        Object value = property.getValue();
        String text = environment.resolvePlaceholders(String.valueOf(value)).strip();
        if (text.contains("${")) {
            throw fault(
                    property,
                    "nothing resolves the placeholder: " + text,
                    "Set the property, or give the placeholder a default: ${name:default}");
        }
        Class<?> type = PropertyKeys.type(property.getName()).orElse(String.class);
        String example = "Write " + PropertyKeys.example(property.getName()) + ".";
        if (type == Duration.class && BARE_NUMBER.matcher(text).matches()) {
            throw fault(
                    property,
                    "a duration needs a unit, one of ms, s, m, h and d\n" + text + "\n" + " ".repeat(text.length())
                            + "^",
                    example + " A bare number would be milliseconds.");
        }
        if (type == List.class && text.isEmpty()) {
            throw fault(property, "it has no value", example);
        }
        if ((type == Integer.class || type == int.class) && value instanceof Number number && isFraction(number)) {
            throw fault(property, "not a whole number: " + text, example);
        }
    }

    private static boolean isFraction(Number number) {
        return number.doubleValue() != Math.rint(number.doubleValue());
    }

    private static BreakerConfigurationException fault(ConfigurationProperty property, String problem, String action) {
        return BreakerConfigurationException.of(
                PropertyOrigins.subject(property.getName().toString(), property.getOrigin()), problem, action);
    }
}
