package io.breaker.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.metrics.CircuitBreakerMetrics;
import io.breaker.spring.registry.Breakers;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class BreakerMetricsAutoConfigurationTests {

    private final ApplicationContextRunner withoutMeters = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerMetricsAutoConfiguration.class));

    private final ApplicationContextRunner runner = withoutMeters.withConfiguration(AutoConfigurations.of(
            MetricsAutoConfiguration.class,
            CompositeMeterRegistryAutoConfiguration.class,
            SimpleMetricsExportAutoConfiguration.class));

    @Test
    void publishesABreakerInTheMetersOfTheApplication() {
        runner.run(context -> {
            context.getBean(CircuitBreakerRegistry.class).register("payments", CircuitBreakerConfig.ofDefaults());

            assertThat(context).hasBean("breakerMetrics");
            assertThat(context.getBean(MeterRegistry.class)
                            .get("circuit.breaker.state")
                            .tags("name", "payments", "state", "closed")
                            .gauge()
                            .value())
                    .isOne();
        });
    }

    @Test
    void hasNoMetersWithoutARegistryForThem() {
        withoutMeters.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CircuitBreakerMetrics.class));
    }

    @Test
    void backsOffWhereTheApplicationHasItsOwn() {
        runner.withUserConfiguration(OwnMetrics.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(CircuitBreakerMetrics.class)
                        .hasBean("ownMetrics"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMetrics {

        @Bean
        CircuitBreakerMetrics ownMetrics(CircuitBreakerRegistry registry, Breakers breakers) {
            return new CircuitBreakerMetrics(registry, breakers);
        }
    }
}
