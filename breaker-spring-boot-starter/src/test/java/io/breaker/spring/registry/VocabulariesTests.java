package io.breaker.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.cooldown.Cooldown;
import io.breaker.circuitbreaker.permit.Permit;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.circuitbreaker.tripper.TripContext;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.expression.Vocabulary;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What expressions may say in an application. */
class VocabulariesTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class));

    @Test
    void expressionsNameTheBeansOfTheApplication() {
        runner.withUserConfiguration(Strategies.class)
                .withBean(Guarded.class)
                .withPropertyValues(
                        "breaker.defaults.cooldown=moonPhase", "breaker.instances.payments.permit=beta & concurrent(2)")
                .run(context -> {
                    CircuitBreakerConfig config =
                            context.getBean(Breakers.class).get("payments").config();
                    assertThat(config.tracker().text()).isEqualTo("all & !notFound");
                    assertThat(config.tracker().tracks(new IllegalArgumentException()))
                            .isFalse();
                    assertThat(config.tracker().tracks(new IllegalStateException()))
                            .isTrue();
                    assertThat(config.tripper().text()).isEqualTo("storm | failureStreak(3)");
                    assertThat(config.permit().text()).isEqualTo("beta & concurrent(2)");
                    assertThat(config.cooldown().text()).isEqualTo("moonPhase");
                });
    }

    @Test
    void aBeanIsMadeWhenAnExpressionNamesIt() {
        runner.withUserConfiguration(LazyStrategy.class).run(context -> {
            LazyStrategy configuration = context.getBean(LazyStrategy.class);
            assertThat(configuration.made).hasValue(0);
        });
        runner.withUserConfiguration(LazyStrategy.class)
                .withPropertyValues("breaker.defaults.tracker=late")
                .run(context -> {
                    LazyStrategy configuration = context.getBean(LazyStrategy.class);
                    assertThat(configuration.made).hasValue(1);
                    context.getBean(Breakers.class).get("payments");
                    assertThat(configuration.made).hasValue(1);
                });
    }

    @Test
    void aBeanWhoseNameIsNoIdentifierCannotBeNamed() {
        runner.withBean("not-found", Tracker.class, () -> thrown -> true)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void withoutSpringWebEveryExceptionCounts() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.web"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("breakerHttpTrackers");
                    assertThat(context.getBean(Breakers.class)
                                    .get("payments")
                                    .config()
                                    .tracker())
                            .hasToString("all");
                });
        runner.withClassLoader(new FilteredClassLoader("org.springframework.web"))
                .withPropertyValues("breaker.defaults.tracker=httpStatus(5xx)")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void anApplicationAddsTermsOfItsOwn() {
        Tracker sql = thrown -> thrown instanceof SQLException;
        TrackerExtension extension =
                new TrackerExtension(Vocabulary.<Tracker>empty().with("sql", sql), Tracker.named("sql", sql));
        runner.withBean("breakerHttpTrackers", TrackerExtension.class, () -> extension)
                .withPropertyValues("breaker.instances.orders.tracker=!sql")
                .run(context -> {
                    Breakers breakers = context.getBean(Breakers.class);
                    assertThat(breakers.get("payments").config().tracker()).hasToString("sql");
                    assertThat(breakers.get("orders").config().tracker().tracks(new SQLException()))
                            .isFalse();
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Strategies {

        @Bean
        Tracker notFound() {
            return thrown -> thrown instanceof IllegalArgumentException;
        }

        @Bean
        Storm storm() {
            return new Storm();
        }

        @Bean
        Permit beta() {
            return context -> true;
        }

        @Bean
        Cooldown moonPhase() {
            return context -> Duration.ofDays(29);
        }
    }

    static class Storm implements Tripper {

        @Override
        public boolean trips(TripContext context) {
            return false;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyStrategy {

        final AtomicInteger made = new AtomicInteger();

        @Bean
        @Lazy
        Tracker late() {
            made.incrementAndGet();
            return thrown -> true;
        }
    }

    static class Guarded {

        @CircuitBreaker(name = "payments", tracker = "all & !notFound", tripper = "storm | failureStreak(3)")
        public void pay() {}
    }
}
