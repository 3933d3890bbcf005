package io.breaker.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Reconfigured;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.pipeline.Pipeline;
import io.breaker.spring.AdvancingTime;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Breakers that code reconfigures while the application runs. */
class ReconfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean(AdvancingTime.class)
            .withPropertyValues("breaker.instances.payments.cooldown=fixed(10s)");

    @Test
    void whatCodeChangedHasItsOriginInCode() {
        runner.run(context -> {
            Breakers breakers = context.getBean(Breakers.class);
            breakers.get("payments");

            context.getBean(CircuitBreakerRegistry.class)
                    .reconfigure("payments", settings -> settings.tripper("failureStreak(7)"));

            assertThat(breakers.describe("payments").orElseThrow().settings())
                    .containsEntry("tripper", new Setting("failureStreak(7)", "code"))
                    .containsEntry("cooldown", new Setting("fixed(10s)", "breaker.instances.payments.cooldown"))
                    .containsEntry("window", new Setting("count(100)", "default"));
        });
    }

    @Test
    void aTripperThatNeverReopensIsRefusedAsAtTheStart() {
        runner.run(context -> {
            CircuitBreaker payments = context.getBean(Breakers.class).get("payments");
            CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
            CircuitBreakerConfig before = payments.config();

            assertThatExceptionOfType(BreakerConfigurationException.class)
                    .isThrownBy(() ->
                            registry.reconfigure("payments", settings -> settings.tripper("closed & failureRate(50%)")))
                    .withMessageContaining("can never hold in HALF_OPEN");
            assertThatExceptionOfType(BreakerConfigurationException.class)
                    .isThrownBy(() -> registry.reconfigure(
                            "payments",
                            CircuitBreakerConfig.builder()
                                    .tripper("closed & failureRate(50%)")
                                    .build()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> registry.reconfigure("payment", settings -> settings))
                    .withMessageContaining("did you mean 'payments'?");

            assertThat(payments.config()).isSameAs(before);
        });
    }

    @Test
    void theOtherPoliciesOfTheNameKeepWorking() {
        runner.withPropertyValues(
                        "breaker.instances.payments.retry.max-attempts=2",
                        "breaker.instances.payments.bulkhead.max-concurrent-calls=3",
                        "breaker.instances.payments.timeout=1s")
                .run(context -> {
                    Pipeline pipeline = context.getBean(PipelineRegistry.class).pipeline("payments");
                    fail(pipeline);

                    context.getBean(CircuitBreakerRegistry.class)
                            .reconfigure("payments", settings -> settings.successThreshold(9));
                    fail(pipeline);

                    assertThat(context.getBean(PipelineRegistry.class).pipeline("payments"))
                            .isSameAs(pipeline);
                    assertThat(context.getBean(Breakers.class).totals("payments"))
                            .isEqualTo(new PolicyTotals(2, 0, 0, 0));
                    assertThat(context.getBean(Breakers.class)
                                    .get("payments")
                                    .snapshot()
                                    .totals()
                                    .failed())
                            .isEqualTo(4);
                });
    }

    @Test
    void aLaterMethodThatSaysNothingNewTouchesNothing() {
        runner.run(context -> {
            Breakers breakers = context.getBean(Breakers.class);
            breakers.register(guard("failureStreak(3)"));
            CircuitBreaker payments = breakers.get("payments");
            context.getBean(CircuitBreakerRegistry.class)
                    .reconfigure("payments", settings -> settings.tripper("failureStreak(7)"));
            List<Reconfigured> events = new ArrayList<>();
            payments.onEvent(Reconfigured.class, events::add);

            breakers.register(guard(null));

            assertThat(events).isEmpty();
            assertThat(payments.config().tripper().text()).isEqualTo("failureStreak(7)");
        });
    }

    @Test
    void aNewInitialStateMovesNothing() {
        runner.run(context -> {
            CircuitBreaker payments = context.getBean(Breakers.class).get("payments");

            context.getBean(CircuitBreakerRegistry.class)
                    .reconfigure("payments", settings -> settings.initialState(CircuitState.DISABLED));

            assertThat(payments.state()).isEqualTo(CircuitState.CLOSED);
        });
    }

    void guarded() {}

    private static void fail(Pipeline pipeline) {
        assertThatIllegalStateException()
                .isThrownBy(() -> pipeline.run(() -> {
                    throw new IllegalStateException("down");
                }));
    }

    private static Guard guard(@Nullable String tripper) throws NoSuchMethodException {
        return new Guard(
                "payments", ReconfigurationTests.class.getDeclaredMethod("guarded"), null, null, tripper, null, null);
    }
}
