package io.breaker.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerRefreshAutoConfiguration;
import io.breaker.spring.refresh.SettingsRefresh;
import io.breaker.spring.registry.BreakerDescription;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.Setting;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** Keeps {@code docs/runtime.md} true. */
class RuntimePageTests {

    private static final MarkdownPage PAGE = MarkdownPage.of("docs", "runtime.md");

    private static final String BEFORE = """
            import io.breaker.circuitbreaker.CircuitBreaker;
            import io.breaker.circuitbreaker.CircuitBreakerEvent;
            import io.breaker.circuitbreaker.CircuitBreakerRegistry;
            import io.breaker.circuitbreaker.CircuitState;
            import io.breaker.circuitbreaker.StateOverride;
            import io.breaker.spring.refresh.SettingsRefresh;
            import java.time.Duration;
            import org.springframework.context.event.EventListener;

            abstract class Snippet {
                interface Pager {
                    void send(String text);
                }
                CircuitBreaker breaker;
                CircuitBreakerRegistry registry;
                SettingsRefresh settingsRefresh;
                Pager pager;
            """;

    @TestFactory
    Stream<DynamicTest> everyPieceOfJavaCompiles() {
        return PAGE.compiled(BEFORE);
    }

    @TestFactory
    Stream<DynamicTest> aRunningApplicationTakesEveryPieceOfYaml() {
        return PAGE.snippets("yaml").map(snippet -> dynamicTest(MarkdownPage.firstLine(snippet), () -> takes(snippet)));
    }

    private static void takes(String yaml) {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerRefreshAutoConfiguration.class))
                .run(context -> {
                    Breakers breakers = context.getBean(Breakers.class);
                    breakers.get("payments");

                    context.getSourceApplicationContext(ConfigurableApplicationContext.class)
                            .getEnvironment()
                            .getPropertySources()
                            .addFirst(MarkdownPage.properties(yaml));
                    context.getBean(SettingsRefresh.class).refresh();

                    BreakerDescription payments = breakers.describe("payments").orElseThrow();
                    assertThat(payments.settings())
                            .containsEntry(
                                    "tripper",
                                    new Setting(
                                            "minRequests(10) & failureRate(0.3)", "breaker.instances.payments.tripper"))
                            .containsEntry("cooldown", new Setting("fixed(30s)", "breaker.defaults"))
                            .containsEntry(
                                    "retry.max-attempts",
                                    new Setting("3", "breaker.configs.external.retry.max-attempts"));
                });
    }
}
