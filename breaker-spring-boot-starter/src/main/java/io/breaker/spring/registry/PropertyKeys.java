package io.breaker.spring.registry;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** Knows which properties there are, to say of a mistyped one what may have been meant. */
public final class PropertyKeys {

    /** Those that belong to no breaker, by the last element of their names. */
    private static final Map<String, String> EXAMPLES = Map.of(
            "maxhosts", "a number from 1 on",
            "hosts", "hosts such as example.com, *.example.com",
            "failures", "statuses such as 5xx, 429");

    private PropertyKeys() {}

    /**
     * Advises what to write in place of a property that does not exist.
     *
     * @param name any name under {@code breaker}
     * @return the near key, if there is one, and the keys that may stand in its place
     */
    public static String advice(ConfigurationPropertyName name) {
        Walk walk = Walk.along(name);
        int element = Math.min(walk.length(), name.getNumberOfElements() - 1);
        String advice = NearestName.advice("keys", name.getElement(element, Form.DASHED), keys(walk.type()));
        return element < name.getNumberOfElements() - 1 && walk.behindName()
                ? advice + " A name with a dot stands in brackets, such as breaker.instances[order.place]."
                : advice;
    }

    /**
     * Finds the type of the values of a property.
     *
     * @param name any name under {@code breaker}
     * @return the type; empty if there is no such property
     */
    public static Optional<Class<?>> type(ConfigurationPropertyName name) {
        Walk walk = Walk.along(name);
        return walk.length() == name.getNumberOfElements() ? Optional.of(walk.type()) : Optional.empty();
    }

    /**
     * Finds the property that a name goes on behind, such as that of a list where one value is wanted.
     *
     * @param name any name under {@code breaker}
     * @return the property; empty if the last known part of the name has keys of its own
     */
    public static Optional<ConfigurationPropertyName> value(ConfigurationPropertyName name) {
        Walk walk = Walk.along(name);
        return walk.type().isRecord() ? Optional.empty() : Optional.of(name.chop(walk.length()));
    }

    /**
     * Says what a value of a property looks like.
     *
     * @param name the name of a property
     * @return such as {@code a duration such as 2s}
     */
    public static String example(ConfigurationPropertyName name) {
        Class<?> type = type(name).orElse(String.class);
        String key = name.toString();
        return SettingKeys.ALL.stream()
                .filter(setting -> key.endsWith("." + setting.name()))
                .findFirst()
                .<String>map(SettingKey::example)
                .orElseGet(() -> EXAMPLES.getOrDefault(
                        name.getLastElement(Form.UNIFORM), type == boolean.class ? "true or false" : "a value"));
    }

    /**
     * Lists the keys of a section.
     *
     * @param section the type of its settings
     * @return such as {@code success-threshold}; empty if it has none
     */
    public static List<String> keys(Class<?> section) {
        return components(section).stream()
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<RecordComponent> components(Class<?> type) {
        return type.isRecord() ? Arrays.asList(type.getRecordComponents()) : List.of();
    }

    /**
     * How far a name leads.
     *
     * @param length how many elements of it there are
     * @param type what stands there
     * @param behindName whether the last one is a name that the application chose
     */
    private record Walk(int length, Class<?> type, boolean behindName) {

        static Walk along(ConfigurationPropertyName name) {
            Walk walk = new Walk(1, BreakerProperties.class, false);
            while (walk.length < name.getNumberOfElements()) {
                Optional<RecordComponent> next = walk.find(name.getElement(walk.length, Form.UNIFORM));
                if (next.isEmpty()) {
                    break;
                }
                walk = walk.step(next.get(), name.getNumberOfElements());
            }
            return walk;
        }

        private Walk step(RecordComponent next, int end) {
            return next.getGenericType() instanceof ParameterizedType map && next.getType() == Map.class
                    ? named((Class<?>) map.getActualTypeArguments()[1], end)
                    : new Walk(length + 1, next.getType(), false);
        }

        private Walk named(Class<?> values, int end) {
            return length + 1 == end ? new Walk(end, Map.class, false) : new Walk(length + 2, values, true);
        }

        private Optional<RecordComponent> find(String uniformName) {
            return components(type).stream()
                    .filter(component ->
                            component.getName().toLowerCase(Locale.ROOT).equals(uniformName))
                    .findFirst();
        }
    }
}
