package io.breaker.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.interceptor.CircuitBreakerBeanPostProcessor;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.Vocabularies;
import io.breaker.testing.ManualTime;
import io.breaker.time.Ticker;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.Ordered;

@ExtendWith(OutputCaptureExtension.class)
class BreakerAutoConfigurationTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class));

    @Test
    void givesItsBeansNamesThatBeginAlike() {
        runner.run(context -> assertThat(
                        Arrays.stream(context.getBeanDefinitionNames()).filter(name -> !name.contains(".")))
                .containsExactlyInAnyOrder(
                        "breakerCatalog",
                        "breakerHttpTrackers",
                        "breakerPipelines",
                        "breakerPolicies",
                        "breakerPostProcessor",
                        "breakerRegistry",
                        "breakerScheduler",
                        "breakerStartupReport",
                        "breakerUnusedInstances",
                        "breakerVocabularies"));
    }

    @Test
    void backsOffWhereTheApplicationHasItsOwn() {
        CircuitBreakerRegistry own = CircuitBreakerRegistry.create();
        runner.withBean("own", CircuitBreakerRegistry.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(CircuitBreakerRegistry.class).doesNotHaveBean("breakerRegistry");
            assertThat(own.find("payments")).isEmpty();
            context.getBean(Breakers.class).get("payments");
            assertThat(own.find("payments")).isPresent();
        });
        runner.withBean("own", Vocabularies.class, () -> new Vocabularies(new DefaultListableBeanFactory(), List.of()))
                .run(context -> assertThat(context).hasSingleBean(Vocabularies.class));
    }

    @Test
    void takesTheTimeFromTheOnlyTickerBean() {
        ManualTime time = new ManualTime();
        runner.withBean(ManualTime.class, () -> time)
                .run(context -> assertThat(context.getBean(Breakers.class)
                                .get("payments")
                                .snapshot()
                                .since())
                        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z")));
        runner.withBean("one", Ticker.class, Ticker::system)
                .withBean("other", Ticker.class, ManualTime::new)
                .run(context -> assertThat(context.getBean(Breakers.class)
                                .get("payments")
                                .snapshot()
                                .since())
                        .isAfter(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void registersBreakersBeforeTheFirstCall() {
        runner.withBean(Shop.class)
                .run(context -> assertThat(
                                context.getBean(CircuitBreakerRegistry.class).find("payments"))
                        .isPresent());
    }

    @Test
    void logsOneLineForEachBreaker(CapturedOutput output) {
        runner.withBean(Shop.class)
                .withPropertyValues(
                        "breaker.defaults.window=time(60s)",
                        "breaker.instances.payments.cooldown=fixed(5s)",
                        "breaker.instances.payments.permit=all")
                .run(context -> {
                    context.getBean(Breakers.class).get("later");
                    assertThat(output)
                            .contains(
                                    "Circuit breaker 'payments' guards Shop.pay(String) (fallback lastKnown), Shop.refund()"
                                            + " with window = time(60s) [breaker.defaults]; tripper = failureStreak(3) [annotation];"
                                            + " cooldown = fixed(5s) [breaker.instances.payments.cooldown];"
                                            + " permit = all [breaker.instances.payments.permit];"
                                            + " tracker = !httpStatus(4xx) | httpStatus(408, 429), success-threshold = 3,"
                                            + " probe-timeout = 60s, untracked = ignore, initial-state = closed,"
                                            + " measure-latency = true, max-retry-after = 300s [default]")
                            .containsOnlyOnce("Circuit breaker 'payments'")
                            .contains("Circuit breaker 'later' guards no method with ");
                });
    }

    @Test
    void saysOfABreakerThatItIsNotEnabled(CapturedOutput output) {
        runner.withBean(Shop.class)
                .withPropertyValues("breaker.instances.payments.enabled=false")
                .run(context -> assertThat(output)
                        .contains("Circuit breaker 'payments' (not enabled) guards Shop.pay(String)"));
    }

    @Test
    void postProcessorHasNoOrder() {
        runner.run(context -> assertThat(context.getBean(CircuitBreakerBeanPostProcessor.class))
                .isNotInstanceOf(Ordered.class));
    }

    @Test
    void worksWithoutWebActuatorAndTransactions() {
        runner.withClassLoader(new FilteredClassLoader(
                        "org.springframework.web",
                        "org.springframework.http",
                        "org.springframework.boot.actuate",
                        "org.springframework.transaction",
                        "org.springframework.dao",
                        "org.springframework.security",
                        "io.micrometer",
                        "reactor",
                        "org.reactivestreams"))
                .withBean(Shop.class)
                .run(context -> {
                    context.getBean(CircuitBreakerRegistry.class)
                            .find("payments")
                            .orElseThrow()
                            .forceOpen();
                    assertThat(context.getBean(Shop.class).pay("1")).isEqualTo("last known");
                });
    }

    /** Public, so that another class loader may make a subclass. */
    public static class Shop {

        @CircuitBreaker(name = "payments", tripper = "failureStreak(3)", fallbackMethod = "lastKnown")
        public String pay(String id) {
            return id;
        }

        @CircuitBreaker("payments")
        public void refund() {}

        private String lastKnown() {
            return "last known";
        }
    }
}
