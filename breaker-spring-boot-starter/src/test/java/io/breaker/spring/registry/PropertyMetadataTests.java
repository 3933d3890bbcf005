package io.breaker.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What an IDE is told of the properties. */
class PropertyMetadataTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class));

    @Test
    void describesEveryProperty() {
        for (Map<String, Object> property : entries("properties")) {
            if (name(property).startsWith("breaker.")) {
                assertThat(property).as(name(property)).containsKey("description");
            }
        }
        assertThat(entries("properties"))
                .extracting(PropertyMetadataTests::name)
                .contains("breaker.enabled", "breaker.configs", "breaker.instances", "breaker.defaults.tripper");
    }

    @Test
    void tellsTheDefaults() {
        runner.run(context -> {
            Breakers breakers = context.getBean(Breakers.class);
            breakers.get("payments");
            breakers.describe("payments")
                    .orElseThrow()
                    .settings()
                    .forEach((key, setting) -> assertThat(String.valueOf(
                                    property("breaker.defaults." + key).get("defaultValue")))
                            .as(key)
                            .isEqualTo(setting.text()));
        });
    }

    @Test
    void proposesValuesThatCanBeUsed() {
        int proposed = 0;
        for (Map<String, Object> hint : entries("hints")) {
            if (name(hint).startsWith("breaker.defaults.")) {
                for (Map<String, Object> value : list(hint, "values")) {
                    proposed++;
                    runner.withPropertyValues(name(hint) + "=" + value.get("value"))
                            .run(context -> assertThat(context).hasNotFailed());
                }
            }
        }
        assertThat(proposed).isGreaterThan(20);
    }

    private static Map<String, Object> property(String name) {
        return entries("properties").stream()
                .filter(property -> name(property).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String name(Map<String, Object> entry) {
        return String.valueOf(entry.get("name"));
    }

    /** Reads what the processor wrote, the additional metadata included. */
    private static List<Map<String, Object>> entries(String section) {
        try (InputStream file =
                BreakerProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            String json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return list(JsonParserFactory.getJsonParser().parseMap(json), section);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> parent, String name) {
        List<Map<String, Object>> entries = new ArrayList<>();
        if (parent.get(name) instanceof List<?> list) {
            list.forEach(entry -> entries.add((Map<String, Object>) entry));
        }
        return entries;
    }
}
