package io.breaker.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.Setting;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Compiles every piece of Java in the README, and starts an application with every piece of YAML. */
class ReadmeSnippetsTests {

    private static final MarkdownPage README = MarkdownPage.of("README.md");

    /** What the snippets take for granted. */
    private static final String BEFORE = """
            import io.breaker.bulkhead.Bulkhead;
            import io.breaker.circuitbreaker.CallNotPermittedException;
            import io.breaker.circuitbreaker.OngoingCall;
            import io.breaker.circuitbreaker.tracker.Tracker;
            import io.breaker.fallback.Fallback;
            import io.breaker.pipeline.Pipeline;
            import io.breaker.retry.Retry;
            import io.breaker.timeout.Timeout;
            import java.io.IOException;
            import java.net.SocketTimeoutException;
            import java.time.Duration;
            import java.util.Map;
            import java.util.NoSuchElementException;
            import java.util.concurrent.CompletionStage;
            import org.springframework.context.annotation.Bean;
            import %s;

            abstract class Snippet {
                record Receipt() {}
                interface Client {
                    Receipt receipt(String id);
                    CompletionStage<Receipt> receiptAsync(String id);
                }
                Client client;
                Map<String, Receipt> cache;
                String id;
            """;

    private static final String ANNOTATION = "io.breaker.spring.annotation.CircuitBreaker";
    private static final String POLICY = "io.breaker.circuitbreaker.CircuitBreaker";

    @TestFactory
    Stream<DynamicTest> everyPieceOfJavaCompiles() {
        return README.compiled(snippet -> BEFORE.formatted(snippet.contains("@CircuitBreaker") ? ANNOTATION : POLICY));
    }

    @TestFactory
    Stream<DynamicTest> anApplicationStartsWithEveryPieceOfYaml() {
        return README.snippets("yaml")
                .map(snippet -> dynamicTest(
                        MarkdownPage.firstLine(snippet),
                        () -> new ApplicationContextRunner()
                                .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
                                .withUserConfiguration(BeansOfTheReadme.class)
                                .withInitializer(context -> context.getEnvironment()
                                        .getPropertySources()
                                        .addFirst(MarkdownPage.properties(snippet)))
                                .run(context -> {
                                    assertThat(context).hasNotFailed();
                                    Breakers breakers = context.getBean(Breakers.class);
                                    breakers.get("payments");
                                    assertThat(breakers.describe("payments")
                                                    .orElseThrow()
                                                    .settings()
                                                    .values())
                                            .extracting(Setting::origin)
                                            .anyMatch(origin -> origin.startsWith("breaker."));
                                })));
    }

    @Configuration(proxyBeanMethods = false)
    static class BeansOfTheReadme {

        @Bean
        Tracker notFound() {
            return NoSuchElementException.class::isInstance;
        }
    }
}
