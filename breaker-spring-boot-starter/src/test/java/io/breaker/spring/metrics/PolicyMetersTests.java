package io.breaker.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.fallback.Fallback;
import io.breaker.pipeline.Pipeline;
import io.breaker.spring.AdvancingTime;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerMetricsAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.Guard;
import io.breaker.spring.registry.PipelineRegistry;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The meters of what stands beside a breaker, and the timer in place of the function timer. */
class PolicyMetersTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    BreakerAutoConfiguration.class,
                    BreakerMetricsAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class)
            .withBean(AdvancingTime.class);

    @Test
    void countsWhatThePoliciesDid() {
        runner.withPropertyValues(
                        "breaker.instances.payments.timeout=2s",
                        "breaker.instances.payments.retry.max-attempts=3",
                        "breaker.instances.payments.bulkhead.max-concurrent-calls=1")
                .run(context -> {
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    Pipeline pipeline = context.getBean(PipelineRegistry.class).pipeline("payments");
                    AdvancingTime time = context.getBean(AdvancingTime.class);

                    String answer = pipeline.get(
                            () -> {
                                time.advance(Duration.ofSeconds(2));
                                return "too late";
                            },
                            Fallback.of("later"));
                    pipeline.run(() -> {
                        assertThatExceptionOfType(BulkheadFullException.class).isThrownBy(() -> pipeline.run(() -> {}));
                        assertThat(gauge(meters, "bulkhead.active")).isOne();
                        assertThat(gauge(meters, "bulkhead.queued")).isZero();
                    });

                    assertThat(answer).isEqualTo("later");
                    assertThat(counter(meters, "retries")).isEqualTo(2);
                    assertThat(counter(meters, "timeouts")).isEqualTo(3);
                    assertThat(counter(meters, "fallbacks")).isEqualTo(1);
                    assertThat(counter(meters, "bulkhead.rejections")).isEqualTo(1);
                    assertThat(gauge(meters, "bulkhead.active")).isZero();
                });
    }

    @Test
    void theCountersAreThereWithoutThePoliciesAndTheGaugesAreNot() {
        runner.run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            context.getBean(Breakers.class).get("payments");

            assertThat(counter(meters, "retries")).isZero();
            assertThat(counter(meters, "timeouts")).isZero();
            assertThat(counter(meters, "bulkhead.rejections")).isZero();
            assertThat(meters.find("circuit.breaker.bulkhead.active").gauge()).isNull();
        });
    }

    @Test
    void findsABulkheadThatComesWithALaterMethod() {
        runner.withPropertyValues("breaker.configs.more.bulkhead.max-concurrent-calls=1")
                .run(context -> {
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    Breakers breakers = context.getBean(Breakers.class);
                    breakers.get("payments");
                    breakers.register(new Guard(
                            "payments", getClass().getDeclaredMethod("guarded"), "more", null, null, null, null));

                    assertThat(gauge(meters, "bulkhead.active")).isZero();
                });
    }

    @Test
    void aTimerHasTheDistributionSettingsOfTheApplication() {
        runner.withPropertyValues(
                        "breaker.metrics.histogram=true",
                        "management.metrics.distribution.slo.circuit.breaker.response.time=1s,5s",
                        "breaker.instances.payments.tracker=typeOf(java.lang.IllegalStateException)")
                .run(context -> {
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    Pipeline pipeline = context.getBean(PipelineRegistry.class).pipeline("payments");
                    AdvancingTime time = context.getBean(AdvancingTime.class);
                    pipeline.run(() -> time.advance(Duration.ofSeconds(1)));
                    pipeline.run(() -> time.advance(Duration.ofSeconds(3)));

                    Timer success = meters.get("circuit.breaker.response.time")
                            .tags("name", "payments", "outcome", "success")
                            .timer();
                    assertThat(success.count()).isEqualTo(2);
                    assertThat(success.totalTime(TimeUnit.SECONDS)).isEqualTo(4);
                    assertThat(success.takeSnapshot().histogramCounts()).hasSize(2);
                    assertThat(success.takeSnapshot().histogramCounts()[0].count())
                            .isEqualTo(1);
                    assertThat(meters.get("circuit.breaker.response.time")
                                    .tag("outcome", "failure")
                                    .timer()
                                    .count())
                            .isZero();
                });
    }

    @Test
    void withoutAHistogramNothingListensToTheCalls() {
        runner.run(context -> {
            context.getBean(Breakers.class).get("payments");
            assertThat(context.getBean(MeterRegistry.class)
                            .get("circuit.breaker.response.time")
                            .meters())
                    .hasSize(2)
                    .allMatch(FunctionTimer.class::isInstance);
        });
    }

    void guarded() {}

    private static double gauge(MeterRegistry meters, String name) {
        return meters.get("circuit.breaker." + name)
                .tag("name", "payments")
                .gauge()
                .value();
    }

    private static double counter(MeterRegistry meters, String name) {
        return meters.get("circuit.breaker." + name)
                .tag("name", "payments")
                .functionCounter()
                .count();
    }
}
