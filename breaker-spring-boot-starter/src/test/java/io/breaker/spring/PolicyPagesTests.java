package io.breaker.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.Setting;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Compiles every piece of Java in the pages about policies, and starts an application with every piece of YAML. */
class PolicyPagesTests {

    private static final MarkdownPage POLICIES = MarkdownPage.of("docs", "policies.md");
    private static final MarkdownPage PRESETS = MarkdownPage.of("docs", "presets.md");

    /** What the snippets take for granted. */
    private static final String BEFORE = """
            import io.breaker.fallback.Fallback;
            import io.breaker.pipeline.Pipeline;
            import io.breaker.retry.Retry;
            import io.breaker.spring.annotation.CircuitBreaker;
            import io.breaker.timeout.Timeout;
            import java.time.Duration;
            import java.util.Map;
            import java.util.function.Predicate;
            import org.springframework.context.annotation.Bean;

            abstract class Snippet {
                record Receipt() {
                    static final Receipt UNKNOWN = new Receipt();
                }
                interface Client {
                    Receipt receipt(String id);
                }
                io.breaker.circuitbreaker.CircuitBreaker breaker;
                Client client;
                Map<String, Receipt> cache;
                String id;
            """;

    @TestFactory
    Stream<DynamicTest> everyPieceOfJavaCompiles() {
        return POLICIES.compiled(BEFORE);
    }

    @TestFactory
    Stream<DynamicTest> anApplicationStartsWithEveryPieceOfYaml() {
        return Stream.concat(POLICIES.snippets("yaml"), PRESETS.snippets("yaml"))
                .map(snippet -> dynamicTest(
                        snippet.lines().skip(3).findFirst().orElseThrow().strip(), () -> startsWith(snippet)));
    }

    private static void startsWith(String yaml) {
        String name = yaml.contains("primary:") ? "primary" : "payments";
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
                .withUserConfiguration(BeansOfThePages.class)
                .withInitializer(context ->
                        context.getEnvironment().getPropertySources().addFirst(MarkdownPage.properties(yaml)))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Breakers breakers = context.getBean(Breakers.class);
                    breakers.get(name);
                    assertThat(breakers.describe(name).orElseThrow().settings().values())
                            .extracting(Setting::origin)
                            .anyMatch(origin -> origin.startsWith("breaker."));
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class BeansOfThePages {

        @Bean
        Predicate<Object> emptyReceipt() {
            return Objects::isNull;
        }
    }
}
