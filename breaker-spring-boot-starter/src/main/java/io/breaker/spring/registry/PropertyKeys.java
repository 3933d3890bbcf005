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

    private PropertyKeys() {}

    /**
     * Advises what to write in place of a property that does not exist.
     *
     * @param name any name under {@code breaker}
     * @return the near key, if there is one, and the keys that may stand in its place
     */
    public static String advice(ConfigurationPropertyName name) {
        Class<?> type = BreakerProperties.class;
        int element = 1;
        while (element < name.getNumberOfElements()) {
            Optional<RecordComponent> component = find(type, name.getElement(element, Form.UNIFORM));
            if (component.isEmpty() || !type.isRecord()) {
                break;
            }
            boolean map = component.get().getType() == Map.class;
            type = map ? valueType(component.get()) : component.get().getType();
            element += map ? 2 : 1;
        }
        return advice(name, Math.min(element, name.getNumberOfElements() - 1), type);
    }

    private static String advice(ConfigurationPropertyName name, int element, Class<?> type) {
        String advice = NearestName.advice("keys", name.getElement(element, Form.DASHED), keys(type));
        return element == name.getNumberOfElements() - 1
                ? advice
                : advice + " A name with a dot stands in brackets, such as breaker.instances[order.place].";
    }

    private static Optional<RecordComponent> find(Class<?> type, String uniformName) {
        return components(type).stream()
                .filter(component ->
                        component.getName().toLowerCase(Locale.ROOT).equals(uniformName))
                .findFirst();
    }

    private static Class<?> valueType(RecordComponent map) {
        return (Class<?>) ((ParameterizedType) map.getGenericType()).getActualTypeArguments()[1];
    }

    private static List<String> keys(Class<?> type) {
        return components(type).stream()
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<RecordComponent> components(Class<?> type) {
        return type.isRecord() ? Arrays.asList(type.getRecordComponents()) : List.of();
    }
}
