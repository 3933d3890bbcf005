package io.breaker.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerMetricsAutoConfiguration;
import io.breaker.spring.registry.BreakerProperties;
import io.breaker.spring.registry.PipelineRegistry;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Checks the page about Spring against the program: its tables, and every piece of Java. */
class SpringPageTests {

    private static final MarkdownPage PAGE = MarkdownPage.of("docs", "spring.md");
    private static final String OF_ALL = "breaker.defaults.";

    /** What the snippets take for granted. */
    private static final String BEFORE = """
            import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

            import com.tngtech.archunit.base.DescribedPredicate;
            import com.tngtech.archunit.core.domain.JavaAccess;
            import com.tngtech.archunit.core.domain.JavaClass;
            import com.tngtech.archunit.core.domain.JavaMethod;
            import com.tngtech.archunit.core.domain.JavaModifier;
            import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
            import com.tngtech.archunit.lang.ArchCondition;
            import com.tngtech.archunit.lang.ArchRule;
            import com.tngtech.archunit.lang.ConditionEvents;
            import com.tngtech.archunit.lang.SimpleConditionEvent;
            import io.breaker.circuitbreaker.CallNotPermittedException;
            import io.breaker.spring.annotation.CircuitBreaker;
            import java.io.IOException;
            import java.util.Map;

            class Snippet {
                record Receipt() {}
                interface Client {
                    Receipt receipt(String id) throws IOException;
                }
                Client client;
                Map<String, Receipt> cache;
            """;

    @TestFactory
    Stream<DynamicTest> everyPieceOfJavaCompiles() {
        return PAGE.compiled(BEFORE);
    }

    @Test
    void theTablesHaveEverySettingAndPropertyWithItsDefault() throws IOException {
        Map<String, String> written = new TreeMap<>();
        rows("setting").forEach(row -> written.put(OF_ALL + row.group(1), row.group(2)));
        rows("property").forEach(row -> written.put(row.group(1), row.group(2)));
        // These are no settings of all breakers.
        assertThat(written.remove(OF_ALL + "base-config")).isEmpty();
        assertThat(written.remove(OF_ALL + "enabled")).isEqualTo("true");

        assertThat(written).isEqualTo(metadata());
    }

    @Test
    void theTableHasEveryMeterWithItsTags() throws IOException {
        Map<String, String> written = new TreeMap<>();
        rows("meter").forEach(row -> written.put(row.group(1), row.group(3)));
        Map<String, String> tags = new TreeMap<>();
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerMetricsAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues(
                        "breaker.defaults.tripper=minRequests(10) & slowRate(0.5, 1s)",
                        "breaker.defaults.bulkhead.max-concurrent-calls=10")
                .run(context -> {
                    context.getBean(PipelineRegistry.class).pipeline("payments");
                    context.getBeansOfType(io.micrometer.core.instrument.binder.MeterBinder.class)
                            .values()
                            .forEach(binder -> binder.bindTo(context.getBean(SimpleMeterRegistry.class)));
                    context.getBean(SimpleMeterRegistry.class).getMeters().stream()
                            .map(Meter::getId)
                            .forEach(id -> tags.put(id.getName(), String.join(", ", tagKeys(id))));
                });

        written.replaceAll((meter, keys) -> String.join(", ", new TreeSet<>(List.of(keys.split(", ")))));
        assertThat(written).isEqualTo(tags);
    }

    private static TreeSet<String> tagKeys(Meter.Id id) {
        TreeSet<String> keys = new TreeSet<>();
        id.getTags().forEach(tag -> keys.add(tag.getKey()));
        return keys;
    }

    /** Finds the rows of the table whose first column has that head: first cell, second cell and third, without quotes. */
    private static List<MatchResult> rows(String head) throws IOException {
        String page = PAGE.text().replace("`", "").replace("\\|", "¦");
        String table = Pattern.compile("^\\| " + head + " \\|.*\n\\|[-|]+\n((?:\\|.*\n)+)", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no table '" + head + "'"));
        return Pattern.compile("^\\| *(.*?) *\\| *(.*?) *\\|(?: *(.*?) *\\|)?$", Pattern.MULTILINE)
                .matcher(table)
                .results()
                .toList();
    }

    /** Reads what the processor wrote: the default of each property, empty where it has none. */
    private static Map<String, String> metadata() throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        try (InputStream file =
                BreakerProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            String json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (Object entry :
                    (List<?>) JsonParserFactory.getJsonParser().parseMap(json).get("properties")) {
                Map<?, ?> property = (Map<?, ?>) entry;
                Object byDefault = property.get("defaultValue");
                defaults.put(
                        (String) property.get("name"),
                        byDefault == null ? "" : byDefault.toString().replace("|", "¦"));
            }
        }
        // Named bases and instances have the settings of the table; HTTP clients have a page of their own.
        defaults.keySet().removeAll(List.of("breaker.configs", "breaker.instances", "breaker.http"));
        // The same under the id that the endpoint has beside Resilience4j: the page about that tells of it.
        defaults.keySet().removeIf(name -> name.startsWith("management.") && name.contains(".breakers."));
        return defaults;
    }
}
