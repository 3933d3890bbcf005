package io.breaker.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Built-in defaults, breaker.defaults, config, annotation, base-config, breaker.instances: the later ones win. */
class SettingPrecedenceTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean("one", IsNull.class)
            .withBean("two", IsNull.class)
            .withBean("three", IsNull.class)
            .withBean("four", IsNull.class)
            .withBean("five", IsNull.class);

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("window", "count(100)", List.of("count(1001)", "time(2s)", "count(1003)", "time(4s)")),
                Arguments.of(
                        "tracker",
                        "!httpStatus(4xx) | httpStatus(408, 429)",
                        List.of("all", "httpStatus(5xx)", "!httpStatus(404)", "!all")),
                Arguments.of(
                        "tripper",
                        "(closed & minRequests(20) & failureRate(0.5)) | (halfOpened & failureRate(0.5))",
                        List.of("failureStreak(1)", "failureStreak(2)", "failureStreak(3)", "failureStreak(4)")),
                Arguments.of("cooldown", "fixed(60s)", List.of("fixed(1s)", "none", "indefinite", "fixed(4s)")),
                Arguments.of(
                        "permit",
                        "concurrent(3)",
                        List.of("concurrent(1)", "all", "random(0.5)", "rampUp(0.1, 1.0, 60s)")),
                Arguments.of("success-threshold", "3", List.of("1", "2", "4", "5")),
                Arguments.of("probe-timeout", "60s", List.of("1s", "0s", "250ms", "4s")),
                Arguments.of("untracked", "ignore", List.of("success", "ignore", "success", "ignore")),
                Arguments.of(
                        "initial-state", "closed", List.of("metrics-only", "disabled", "forced-open", "metrics-only")),
                Arguments.of("measure-latency", "true", List.of("false", "true", "false", "true")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void theStrongestPlaceDecidesEachSettingAlone(String key, String byDefault, List<String> values) {
        List<String> properties = new ArrayList<>(List.of(
                "breaker.configs.named." + neighbour(key),
                "breaker.configs.based." + neighbour(key),
                "breaker.instances.payments.base-config=based"));
        assertSetting(properties, key, byDefault, "default");

        List<String> places = List.of(
                "breaker.defaults", "breaker.configs.named", "breaker.configs.based", "breaker.instances.payments");
        for (int index = 0; index < places.size(); index++) {
            String property = places.get(index) + "." + key;
            properties.add(property + "=" + values.get(index));
            assertSetting(properties, key, values.get(index), index == 0 ? "breaker.defaults" : property);
        }
    }

    @Test
    void theAnnotationStandsBetweenItsConfigAndTheBaseConfig() {
        for (String key : List.of("tracker=all", "tripper=failureCount(9)", "result-tracker=one")) {
            String name = key.substring(0, key.indexOf('='));
            String text = key.substring(key.indexOf('=') + 1);
            List<String> weaker = List.of(
                    "breaker.defaults." + key,
                    "breaker.configs.named." + key,
                    "breaker.configs.based.success-threshold=3",
                    "breaker.instances.payments.base-config=based");

            runner.withBean(Annotated.class)
                    .withPropertyValues(weaker.toArray(String[]::new))
                    .run(context -> assertThat(setting(context.getBean(Breakers.class), name)
                                    .origin())
                            .isEqualTo("annotation"));
            runner.withBean(Annotated.class)
                    .withPropertyValues(weaker.toArray(String[]::new))
                    .withPropertyValues("breaker.configs.based." + key)
                    .run(context -> assertThat(setting(context.getBean(Breakers.class), name))
                            .isEqualTo(new Setting(text, "breaker.configs.based." + name)));
        }
    }

    @Test
    void aResultTrackerIsShownWhereThereIsOne() {
        runner.withBean(Plain.class)
                .withPropertyValues("breaker.configs.named.success-threshold=3")
                .run(context -> assertThat(context.getBean(Breakers.class)
                                .describe("payments")
                                .orElseThrow()
                                .settings())
                        .doesNotContainKey("result-tracker"));
        runner.withBean(Plain.class)
                .withPropertyValues("breaker.configs.named.result-tracker=two")
                .run(context -> assertThat(setting(context.getBean(Breakers.class), "result-tracker"))
                        .isEqualTo(new Setting("two", "breaker.configs.named.result-tracker")));
    }

    @Test
    void aCustomizerHasTheLastWord() {
        CircuitBreakerConfigCustomizer customizer = (name, settings) -> {
            if (name.equals("payments")) {
                settings.successThreshold(7).window("count(100)");
            }
        };
        runner.withBean(Plain.class)
                .withBean(CircuitBreakerConfigCustomizer.class, () -> customizer)
                .withPropertyValues(
                        "breaker.configs.named.success-threshold=3", "breaker.instances.payments.success-threshold=5")
                .run(context -> {
                    Breakers breakers = context.getBean(Breakers.class);
                    assertThat(breakers.get("payments").config().successThreshold())
                            .isEqualTo(7);
                    assertThat(setting(breakers, "success-threshold")).isEqualTo(new Setting("7", "code"));
                    assertThat(setting(breakers, "window")).isEqualTo(new Setting("count(100)", "default"));
                });
    }

    private void assertSetting(List<String> properties, String key, String text, String origin) {
        runner.withBean(Plain.class)
                .withPropertyValues(properties.toArray(String[]::new))
                .run(context -> assertThat(setting(context.getBean(Breakers.class), key))
                        .isEqualTo(new Setting(text, origin)));
    }

    private static Setting setting(Breakers breakers, String key) {
        return breakers.describe("payments").orElseThrow().settings().get(key);
    }

    /** Another key: an entry that is named has to be there, whatever it says. */
    private static String neighbour(String key) {
        return key.equals("success-threshold") ? "probe-timeout=60s" : "success-threshold=3";
    }

    static class IsNull implements Predicate<Object> {

        @Override
        public boolean test(Object value) {
            return value == null;
        }
    }

    static class Plain {

        @CircuitBreaker(name = "payments", config = "named")
        public void pay() {}
    }

    static class Annotated {

        @CircuitBreaker(
                name = "payments",
                config = "named",
                tracker = "!all",
                tripper = "failureCount(1)",
                resultTracker = "five")
        public void pay() {}
    }
}
