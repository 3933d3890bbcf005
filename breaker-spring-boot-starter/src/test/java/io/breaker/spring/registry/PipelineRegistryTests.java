package io.breaker.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.fallback.Fallback;
import io.breaker.pipeline.Pipeline;
import io.breaker.retry.Retry;
import io.breaker.spring.AdvancingTime;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.time.Scheduler;
import io.breaker.time.Ticker;
import io.breaker.timeout.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

class PipelineRegistryTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class));

    @Test
    void givesOnePipelineForEachName() {
        runner.withPropertyValues("breaker.instances.payments.retry.max-attempts=2")
                .run(context -> {
                    PipelineRegistry pipelines = context.getBean(PipelineRegistry.class);
                    Pipeline payments = pipelines.pipeline("payments");

                    assertThat(pipelines.pipeline("payments")).isSameAs(payments);
                    assertThat(payments.name()).isEqualTo("payments");
                    assertThat(context.getBean(CircuitBreakerRegistry.class).find("payments"))
                            .isEqualTo(payments.find(CircuitBreaker.class));
                    assertThatIllegalArgumentException().isThrownBy(() -> pipelines.pipeline("a/b"));
                });
    }

    @Test
    void countsTheFallbacksOfCallsInCode() {
        runner.run(context -> {
            Pipeline pipeline = context.getBean(PipelineRegistry.class).pipeline("payments");
            context.getBean(Breakers.class).get("payments").forceOpen();

            assertThat(pipeline.get(() -> "paid", Fallback.of("later"))).isEqualTo("later");

            assertThat(context.getBean(Breakers.class).totals("payments")).isEqualTo(new PolicyTotals(0, 0, 1, 0));
        });
    }

    @Test
    void callsPassThroughWhereTheNameIsNotEnabled() {
        String[] properties = {
            "breaker.instances.payments.retry.max-attempts=2", "breaker.instances.payments.timeout=1s"
        };
        runner.withPropertyValues(properties)
                .withPropertyValues("breaker.instances.payments.enabled=false")
                .run(context -> {
                    PipelineRegistry pipelines = context.getBean(PipelineRegistry.class);
                    assertThat(pipelines.pipeline("payments").policies()).isEmpty();
                    assertThat(pipelines.pipeline("payments").get(() -> "paid")).isEqualTo("paid");
                    assertThat(pipelines.pipeline("stock").policies()).hasSize(1);
                });
        runner.withPropertyValues(properties)
                .withPropertyValues("breaker.enabled=false")
                .run(context -> {
                    PipelineRegistry pipelines = context.getBean(PipelineRegistry.class);
                    assertThat(pipelines.pipeline("payments").policies()).isEmpty();
                    assertThat(pipelines.pipeline("stock").policies()).isEmpty();
                    assertThat(context.getBean(Breakers.class)
                                    .findPipeline("payments")
                                    .orElseThrow()
                                    .bulkhead())
                            .isEmpty();
                });
    }

    @Test
    void whoIsToldOfANewBreakerMayAskForItsPipeline() {
        runner.withPropertyValues("breaker.defaults.bulkhead.max-concurrent-calls=2")
                .run(context -> {
                    PipelineRegistry pipelines = context.getBean(PipelineRegistry.class);
                    List<Pipeline> told = new ArrayList<>();
                    context.getBean(CircuitBreakerRegistry.class)
                            .forEach(breaker -> told.add(pipelines.pipeline(breaker.name())));

                    Pipeline pipeline = pipelines.pipeline("payments");

                    assertThat(told).containsExactly(pipeline);
                    assertThat(pipeline.find(Bulkhead.class)).isPresent();
                });
    }

    @Test
    void aMethodThatAddsSettingsChangesThePipelineAndKeepsTheCounts() {
        runner.withBean(AdvancingTime.class)
                .withPropertyValues(
                        "breaker.defaults.retry.max-attempts=2",
                        "breaker.defaults.bulkhead.max-concurrent-calls=2",
                        "breaker.configs.more.retry.max-attempts=3",
                        "breaker.configs.more.bulkhead.max-concurrent-calls=9",
                        "breaker.configs.more.timeout=1s")
                .run(context -> {
                    Breakers breakers = context.getBean(Breakers.class);
                    breakers.register(guard(null));
                    LivePipeline live = breakers.findPipeline("payments").orElseThrow();
                    Pipeline before = live.passage().pipeline();
                    fail(before);
                    breakers.register(guard(null));
                    assertThat(live.passage().pipeline()).isSameAs(before);

                    breakers.register(guard("more"));
                    Pipeline after = live.passage().pipeline();
                    fail(after);

                    assertThat(after.find(Timeout.class)).isPresent();
                    assertThat(after.find(Bulkhead.class)).isEqualTo(before.find(Bulkhead.class));
                    assertThat(after.find(Bulkhead.class).orElseThrow().config().maxConcurrentCalls())
                            .isEqualTo(9);
                    assertThat(after.find(Retry.class).orElseThrow().totals().retries())
                            .isEqualTo(2);
                    assertThat(breakers.totals("payments").retries()).isEqualTo(3);
                });
    }

    @Test
    void reconfiguringTheBreakerKeepsThePipeline() {
        runner.withBean(AdvancingTime.class)
                .withPropertyValues("breaker.instances.payments.retry.max-attempts=2")
                .run(context -> {
                    Pipeline pipeline = context.getBean(PipelineRegistry.class).pipeline("payments");
                    CircuitBreaker breaker = context.getBean(Breakers.class).get("payments");

                    breaker.reconfigure(
                            breaker.config().toBuilder().tracker("!all").build());
                    fail(pipeline);

                    // The retry is for what the breaker tracks, and that is nothing any more.
                    assertThat(pipeline.find(Retry.class).orElseThrow().totals().retries())
                            .isZero();
                    assertThat(breaker.snapshot().totals().ignored()).isEqualTo(1);
                });
    }

    @Test
    void theSchedulerIsMadeWithTheFirstPolicyThatNeedsIt() {
        runner.withPropertyValues("breaker.instances.payments.timeout=1s").run(context -> {
            ConfigurableListableBeanFactory beans = context.getSourceApplicationContext(
                            ConfigurableApplicationContext.class)
                    .getBeanFactory();
            PipelineRegistry pipelines = context.getBean(PipelineRegistry.class);
            pipelines.pipeline("stock");
            assertThat(beans.containsSingleton("breakerScheduler")).isFalse();

            pipelines.pipeline("payments");
            assertThat(beans.containsSingleton("breakerScheduler")).isTrue();
        });
    }

    @Test
    void theSchedulerIsClosedWithTheApplication() {
        AtomicReference<Scheduler> scheduler = new AtomicReference<>();
        runner.run(context -> scheduler.set(context.getBean(Scheduler.class)));

        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> scheduler.get().schedule(() -> {}, Duration.ofSeconds(1)));
    }

    @Test
    void theSchedulerGivesWayToOneOfTheApplication() {
        AdvancingTime time = new AdvancingTime();
        runner.withBean("time", AdvancingTime.class, () -> time).run(context -> {
            assertThat(context).hasSingleBean(Scheduler.class).doesNotHaveBean("breakerScheduler");
            assertThat(context.getBean(Ticker.class)).isSameAs(context.getBean(Scheduler.class));
        });
    }

    void guarded() {}

    private static void fail(Pipeline pipeline) {
        assertThatIllegalStateException()
                .isThrownBy(() -> pipeline.run(() -> {
                    throw new IllegalStateException("down");
                }));
    }

    private static Guard guard(@Nullable String config) throws NoSuchMethodException {
        return new Guard(
                "payments", PipelineRegistryTests.class.getDeclaredMethod("guarded"), config, null, null, null, null);
    }
}
