package io.breaker.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.pipeline.Pipeline;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.time.Backoff;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The properties of the policies beside a breaker. */
class PolicySettingsTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class));

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("timeout", List.of("1s", "2s", "250ms", "4s")),
                Arguments.of("timeout-interrupt", List.of("false", "true", "false", "true")),
                Arguments.of("retry.max-attempts", List.of("2", "1", "4", "5")),
                Arguments.of("retry.initial-delay", List.of("1s", "2s", "250ms", "4s")),
                Arguments.of("retry.multiplier", List.of("1", "2", "1.5", "4")),
                Arguments.of("retry.max-delay", List.of("1s", "2s", "250ms", "4s")),
                Arguments.of("retry.jitter", List.of("0.1", "0.0", "0.3", "0.45")),
                Arguments.of("retry.budget", List.of("10s", "0s", "30s", "40s")),
                Arguments.of("retry.on", List.of("all", "!all", "httpStatus(5xx)", "typeOf(java.io.IOException)")),
                Arguments.of("retry.max-retry-after", List.of("10s", "0s", "30s", "40s")),
                Arguments.of("bulkhead.max-concurrent-calls", List.of("1", "2", "4", "5")),
                Arguments.of("bulkhead.queue-capacity", List.of("1", "0", "4", "5")),
                Arguments.of("bulkhead.queue-timeout", List.of("1s", "2s", "250ms", "4s")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void theStrongestPlaceDecidesEachSettingAlone(String key, List<String> values) throws Exception {
        Guard guard = guard();
        List<String> properties = new ArrayList<>(List.of(
                "breaker.defaults.success-threshold=3",
                "breaker.configs.named.success-threshold=3",
                "breaker.configs.based.success-threshold=3",
                "breaker.instances.payments.base-config=based"));
        if (key.equals("timeout-interrupt")) {
            properties.add("breaker.defaults.timeout=1s");
        }
        List<String> places = List.of(
                "breaker.defaults", "breaker.configs.named", "breaker.configs.based", "breaker.instances.payments");
        for (int index = 0; index < places.size(); index++) {
            String property = places.get(index) + "." + key;
            Setting expected = new Setting(values.get(index), index == 0 ? "breaker.defaults" : property);
            properties.add(property + "=" + values.get(index));
            runner.withPropertyValues(properties.toArray(String[]::new)).run(context -> {
                Breakers breakers = context.getBean(Breakers.class);
                breakers.register(guard);
                assertThat(settings(breakers)).containsEntry(key, expected);
            });
        }
    }

    @Test
    void aBreakerStandsAloneUnlessMoreIsConfigured() {
        runner.withPropertyValues("breaker.defaults.timeout-interrupt=false").run(context -> {
            Breakers breakers = context.getBean(Breakers.class);
            Pipeline pipeline = context.getBean(PipelineRegistry.class).pipeline("payments");

            assertThat(pipeline.policies()).containsExactly(breakers.get("payments"));
            assertThat(settings(breakers)).hasSize(11).doesNotContainKeys("timeout", "timeout-interrupt");
        });
    }

    @Test
    void theYamlOfTheContractMakesAllPolicies() {
        runner.withPropertyValues(
                        "breaker.instances.payments.timeout=2s",
                        "breaker.instances.payments.timeout-interrupt=false",
                        "breaker.instances.payments.retry.max-attempts=3",
                        "breaker.instances.payments.retry.initial-delay=100ms",
                        "breaker.instances.payments.retry.multiplier=2",
                        "breaker.instances.payments.retry.max-delay=3s",
                        "breaker.instances.payments.retry.jitter=20%",
                        "breaker.instances.payments.retry.budget=10s",
                        "breaker.instances.payments.retry.on=typeOf(java.io.IOException)",
                        "breaker.instances.payments.bulkhead.max-concurrent-calls=10",
                        "breaker.instances.payments.bulkhead.queue-capacity=5",
                        "breaker.instances.payments.bulkhead.queue-timeout=500ms")
                .run(context -> {
                    Pipeline pipeline = context.getBean(PipelineRegistry.class).pipeline("payments");

                    assertThat(pipeline.policies())
                            .hasExactlyElementsOfTypes(
                                    Retry.class, CircuitBreaker.class, Bulkhead.class, Timeout.class);
                    RetryConfig retry = pipeline.find(Retry.class).orElseThrow().config();
                    assertThat(retry.maxAttempts()).isEqualTo(3);
                    assertThat(retry.backoff())
                            .isEqualTo(new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(3), 0.2));
                    assertThat(retry.budget()).isEqualTo(Duration.ofSeconds(10));
                    assertThat(retry.on().orElseThrow()).hasToString("typeOf(java.io.IOException)");
                    assertThat(pipeline.find(Timeout.class).orElseThrow().config())
                            .isEqualTo(new TimeoutConfig(Duration.ofSeconds(2), false));
                    assertThat(pipeline.find(Bulkhead.class).orElseThrow().config())
                            .isEqualTo(new BulkheadConfig(10, 5, Duration.ofMillis(500)));
                });
    }

    @Test
    void whatIsLeftOutOfAPolicyIsItsDefault() {
        runner.withPropertyValues(
                        "breaker.instances.payments.retry.budget=10s",
                        "breaker.instances.payments.bulkhead.queue-capacity=5")
                .run(context -> {
                    Pipeline pipeline = context.getBean(PipelineRegistry.class).pipeline("payments");
                    assertThat(pipeline.find(Retry.class).orElseThrow().config().maxAttempts())
                            .isEqualTo(RetryConfig.DEFAULT_MAX_ATTEMPTS);
                    assertThat(pipeline.find(Bulkhead.class)
                                    .orElseThrow()
                                    .config()
                                    .maxConcurrentCalls())
                            .isEqualTo(BulkheadConfig.DEFAULT_MAX_CONCURRENT_CALLS);
                    assertThat(settings(context.getBean(Breakers.class)))
                            .containsEntry("retry.max-attempts", new Setting("3", "default"))
                            .containsEntry("bulkhead.queue-timeout", new Setting("500ms", "default"))
                            .doesNotContainKey("retry.on");
                });
    }

    @Test
    void oneAttemptTakesTheRetryAwayFromOneName() {
        runner.withPropertyValues(
                        "breaker.defaults.retry.max-attempts=3", "breaker.instances.payments.retry.max-attempts=1")
                .run(context -> {
                    PipelineRegistry pipelines = context.getBean(PipelineRegistry.class);
                    assertThat(pipelines.pipeline("payments").find(Retry.class)).isEmpty();
                    assertThat(pipelines.pipeline("stock").find(Retry.class)).isPresent();
                    assertThat(settings(context.getBean(Breakers.class)))
                            .containsEntry(
                                    "retry.max-attempts",
                                    new Setting("1", "breaker.instances.payments.retry.max-attempts"));
                });
    }

    @Test
    void anEnvironmentVariableSetsTheInnermostKey() {
        Map<String, Object> variables = Map.of(
                "BREAKER_DEFAULTS_RETRY_MAXATTEMPTS", "4",
                "BREAKER_INSTANCES_PAYMENTS_BULKHEAD_QUEUETIMEOUT", "2s",
                "BREAKER_INSTANCES_PAYMENTS_TIMEOUTINTERRUPT", "false",
                "BREAKER_INSTANCES_PAYMENTS_TIMEOUT", "3s");
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables)))
                .run(context -> {
                    context.getBean(PipelineRegistry.class).pipeline("payments");
                    assertThat(settings(context.getBean(Breakers.class)))
                            .containsEntry("retry.max-attempts", new Setting("4", "breaker.defaults"))
                            .containsEntry(
                                    "bulkhead.queue-timeout",
                                    new Setting("2s", "breaker.instances.payments.bulkhead.queue-timeout"))
                            .containsEntry(
                                    "timeout-interrupt",
                                    new Setting("false", "breaker.instances.payments.timeout-interrupt"));
                });
    }

    @Test
    void propertiesAddPoliciesToABreakerThatWasRegisteredByHand() {
        runner.withPropertyValues("breaker.defaults.timeout=1s", "breaker.instances.payments.retry.max-attempts=2")
                .run(context -> {
                    CircuitBreaker own = context.getBean(CircuitBreakerRegistry.class)
                            .register("payments", CircuitBreakerConfig.ofDefaults());
                    Pipeline pipeline = context.getBean(PipelineRegistry.class).pipeline("payments");

                    assertThat(pipeline.policies()).hasExactlyElementsOfTypes(Retry.class, CircuitBreaker.class);
                    assertThat(pipeline.find(CircuitBreaker.class)).containsSame(own);
                    assertThat(settings(context.getBean(Breakers.class)))
                            .containsEntry("window", new Setting("count(100)", "code"))
                            .containsEntry("retry.jitter", new Setting("0.2", "default"));
                });
    }

    void guarded() {}

    private static Guard guard() throws NoSuchMethodException {
        return new Guard(
                "payments", PolicySettingsTests.class.getDeclaredMethod("guarded"), "named", null, null, null, null);
    }

    private static Map<String, Setting> settings(Breakers breakers) {
        return breakers.describe("payments").orElseThrow().settings();
    }
}
