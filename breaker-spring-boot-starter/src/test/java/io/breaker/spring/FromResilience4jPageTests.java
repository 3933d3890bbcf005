package io.breaker.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.Setting;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Checks the page about the way from Resilience4j: its YAML against ours, its tables against Resilience4j itself. */
class FromResilience4jPageTests {

    private static final MarkdownPage PAGE = MarkdownPage.of("docs", "from-resilience4j.md");
    private static final Path JARS = Path.of("target", "resilience4j");

    @TestFactory
    Stream<DynamicTest> anApplicationStartsWithEveryPieceOfYaml() {
        return PAGE.snippets("yaml")
                .map(snippet -> dynamicTest(
                        snippet.lines().skip(2).findFirst().orElseThrow().strip(),
                        () -> new ApplicationContextRunner()
                                .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties",
                "retry.configuration.CommonRetryConfigurationProperties",
                "bulkhead.configuration.CommonBulkheadConfigurationProperties",
                "bulkhead.configuration.CommonThreadPoolBulkheadConfigurationProperties",
                "timelimiter.configuration.CommonTimeLimiterConfigurationProperties"
            })
    void thePageHasEveryPropertyOfTheirs(String type) throws IOException, ClassNotFoundException {
        String page = PAGE.text();
        try (URLClassLoader theirs = resilience4j()) {
            Class<?> properties = theirs.loadClass("io.github.resilience4j.common." + type + "$InstanceProperties");

            assertThat(Arrays.stream(properties.getDeclaredFields())
                            .filter(field -> !field.isSynthetic() && !Modifier.isStatic(field.getModifiers()))
                            .map(Field::getName))
                    .isNotEmpty()
                    .allMatch(page::contains);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "circuitbreaker.CircuitBreakerConfig, getMinimumNumberOfCalls, minimumNumberOfCalls",
        "circuitbreaker.CircuitBreakerConfig, getInitialState, initialState",
        "retry.RetryConfig, getMaxAttempts, retry.maxAttempts",
        "retry.RetryConfig, isFailAfterMaxAttempts, retry.failAfterMaxAttempts",
        "bulkhead.BulkheadConfig, getMaxConcurrentCalls, bulkhead.maxConcurrentCalls",
        "timelimiter.TimeLimiterConfig, shouldCancelRunningFuture, timelimiter.cancelRunningFuture"
    })
    void thePageHasTheirDefaults(String type, String getter, String property) throws Exception {
        try (URLClassLoader theirs = resilience4j()) {
            Class<?> config = theirs.loadClass("io.github.resilience4j." + type);
            Object value = config.getMethod(getter)
                    .invoke(config.getMethod("ofDefaults").invoke(null));

            assertThat(PAGE.text().lines()).anyMatch(line -> line.startsWith("| `" + property + "` | " + value + " |"));
        }
    }

    @Test
    void noTestHasResilience4jOnItsClassPath() {
        assertThat(getClass().getResource("/io/github/resilience4j/circuitbreaker/CircuitBreaker.class"))
                .isNull();
    }

    private static URLClassLoader resilience4j() throws IOException {
        try (Stream<Path> jars = Files.list(JARS)) {
            List<Path> found = jars.toList();
            URL[] urls = new URL[found.size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = found.get(i).toUri().toURL();
            }
            return new URLClassLoader(urls, FromResilience4jPageTests.class.getClassLoader());
        }
    }
}
