package io.breaker.spring.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerMetricsAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerRefreshAutoConfiguration;
import io.breaker.spring.metrics.CircuitBreakerMetrics;
import io.breaker.spring.registry.PipelineRegistry;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RefreshedMetersTests {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    BreakerAutoConfiguration.class,
                    BreakerMetricsAutoConfiguration.class,
                    BreakerRefreshAutoConfiguration.class))
            .withBean(MeterRegistry.class, () -> meters)
            .withPropertyValues("breaker.instances.payments.tripper=slowRate(90%, 1s)");

    @Test
    void metersGoOnAndFollowTheSettings() {
        runner.run(context -> {
            RefreshedContext app = RefreshedContext.of(context);
            context.getBean(CircuitBreakerMetrics.class).bindTo(meters);
            app.breaker("payments").run(() -> {});

            app.with("breaker.instances.payments.bulkhead.max-concurrent-calls", "2")
                    .refresh();
            context.getBean(CircuitBreakerRegistry.class)
                    .reconfigure("payments", settings -> settings.tripper("slowRate(90%, 2s)"));
            context.getBean(PipelineRegistry.class).pipeline("payments").run(() -> {
                assertThat(meters.get("circuit.breaker.bulkhead.active").gauge().value())
                        .isOne();
            });

            assertThat(meters.get("circuit.breaker.requests")
                            .tag("outcome", "success")
                            .functionCounter()
                            .count())
                    .isEqualTo(2);
            assertThat(slowRate("2s")).isZero();
            assertThat(slowRate("1s")).isNaN();
            assertThat(tagKeys()).allSatisfy((name, keys) -> assertThat(keys).hasSize(1));
        });
    }

    private double slowRate(String threshold) {
        return meters.get("circuit.breaker.slow.rate")
                .tag("threshold", threshold)
                .gauge()
                .value();
    }

    private Map<String, Set<List<String>>> tagKeys() {
        Map<String, Set<List<String>>> keys = new HashMap<>();
        for (Meter meter : meters.getMeters()) {
            keys.computeIfAbsent(meter.getId().getName(), name -> new HashSet<>())
                    .add(meter.getId().getTags().stream().map(Tag::getKey).toList());
        }
        return keys;
    }
}
