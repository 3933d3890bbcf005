package io.breaker.spring.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Reconfigured;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.StateOverride;
import io.breaker.pipeline.Pipeline;
import io.breaker.retry.Retry;
import io.breaker.spring.AdvancingTime;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerRefreshAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.CircuitBreakerConfigCustomizer;
import io.breaker.spring.registry.PipelineRegistry;
import io.breaker.spring.registry.Setting;
import io.breaker.timeout.Timeout;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SettingsRefreshTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerRefreshAutoConfiguration.class))
            .withBean(AdvancingTime.class)
            .withPropertyValues(
                    "breaker.instances.payments.tripper=failureStreak(3)",
                    "breaker.instances.payments.cooldown=fixed(10s)",
                    "breaker.instances.stock.tripper=failureStreak(3)");

    @Test
    void reconfiguresWhatChangedAndLeavesTheOthersAlone(CapturedOutput output) {
        refreshed(app -> {
            app.breaker("stock").run(() -> {});
            app.breaker("payments").forceOpen();

            app.with("breaker.instances.payments.tripper", "failureStreak(4)").refresh();

            assertThat(app.reconfigured()).containsExactly("payments");
            assertThat(app.breaker("payments").config().tripper().text()).isEqualTo("failureStreak(4)");
            assertThat(app.breaker("payments").state()).isEqualTo(CircuitState.FORCED_OPEN);
            assertThat(app.breaker("stock").snapshot().stats().total()).isOne();
            assertThat(output).contains("Circuit breakers have new settings: payments");
        });
    }

    @Test
    void nothingHappensWhereNothingChanged(CapturedOutput output) {
        refreshed(app -> {
            app.breaker("payments");
            app.with("breaker.instances.unused.tripper", "failureStreak(1)")
                    .with("other", "x")
                    .refresh();

            assertThat(app.reconfigured()).isEmpty();
            assertThat(output).doesNotContain("have new settings");
        });
    }

    @Test
    void theWordOfAWeakerPlaceCountsWhereNoStrongerOneSpeaks() {
        refreshed(app -> {
            app.breaker("payments");
            app.breaker("stock");

            app.with("breaker.defaults.cooldown", "fixed(20s)").refresh();
            assertThat(app.reconfigured()).containsExactly("stock");

            app.with("breaker.configs.careful.tripper", "failureStreak(1)")
                    .with("breaker.instances.payments.base-config", "careful")
                    .with("breaker.defaults.tripper", "failureStreak(9)")
                    .refresh();
            assertThat(app.reconfigured()).containsExactly("stock");

            app.without("breaker.defaults.cooldown").refresh();
            assertThat(app.reconfigured()).containsExactly("stock", "stock");
            assertThat(app.breaker("stock").config().cooldown().text()).isEqualTo("fixed(60s)");
        });
    }

    @Test
    void oneWrongSettingAndNothingChanges(CapturedOutput output) {
        refreshed(app -> {
            CircuitBreakerConfig payments = app.breaker("payments").config();
            CircuitBreakerConfig stock = app.breaker("stock").config();
            app.with("breaker.instances.payments.tripper", "failureStreak(4)");

            app.with("breaker.instances.stock.tripper", "failureSteak(4)").refresh();
            assertThat(output.getAll().split("ERROR", -1)).hasSize(2);
            assertThat(output)
                    .contains("The settings of circuit breakers stay as they are")
                    .contains("Property 'breaker.instances.stock.tripper' (\"breaker.instances.stock.tripper\" from "
                            + "property source \"changed\") is not valid:")
                    .contains("Did you mean 'failureStreak'?");
            app.with("breaker.instances.stock.tripper", "closed & failureRate(50%)")
                    .refresh();
            assertThat(output).contains("can never hold in HALF_OPEN");
            app.with("breaker.instances.stock.tripper", "failureStreak(3)")
                    .with("breaker.instances.stock.success-threshold", "many")
                    .refresh();
            assertThat(output)
                    .contains("Property 'breaker.instances.stock.success-threshold' "
                            + "(\"breaker.instances.stock.success-threshold\" from property source \"changed\")");
            app.with("breaker.instances.stock.success-threshold", "3")
                    .with("breaker.instances.stock.triper", "failureStreak(3)")
                    .refresh();
            assertThat(output).contains("there is no such property").contains("Did you mean 'tripper'?");

            assertThat(app.reconfigured()).isEmpty();
            assertThat(app.breaker("payments").config()).isSameAs(payments);
            assertThat(app.breaker("stock").config()).isSameAs(stock);

            app.without("breaker.instances.stock.triper").refresh();
            assertThat(app.reconfigured()).containsExactly("payments");
        });
    }

    @Test
    void policiesComeChangeAndGo() {
        runner.run(context -> {
            RefreshedContext app = RefreshedContext.of(context);
            PipelineRegistry pipelines = context.getBean(PipelineRegistry.class);
            assertThat(pipelines.pipeline("payments").policies()).hasSize(1);

            app.with("breaker.instances.payments.retry.max-attempts", "2")
                    .with("breaker.instances.payments.bulkhead.max-concurrent-calls", "3")
                    .with("breaker.instances.payments.timeout", "1s")
                    .refresh();
            Pipeline pipeline = pipelines.pipeline("payments");
            assertThat(pipeline.find(Retry.class).orElseThrow().config().maxAttempts())
                    .isEqualTo(2);
            assertThat(pipeline.find(Timeout.class).orElseThrow().config().limit())
                    .isEqualTo(Duration.ofSeconds(1));
            Bulkhead bulkhead = pipeline.find(Bulkhead.class).orElseThrow();

            app.with("breaker.instances.payments.bulkhead.max-concurrent-calls", "1")
                    .refresh();
            assertThat(bulkhead.config().maxConcurrentCalls()).isOne();
            assertThat(pipelines.pipeline("payments")).isSameAs(pipeline);

            app.without("breaker.instances.payments.retry.max-attempts")
                    .without("breaker.instances.payments.bulkhead.max-concurrent-calls")
                    .without("breaker.instances.payments.timeout")
                    .refresh();
            assertThat(pipelines.pipeline("payments").policies()).hasSize(1);
            assertThat(app.reconfigured()).containsExactly("payments", "payments", "payments");
        });
    }

    @Test
    void aChangedPropertyIsTheLaterWord() {
        refreshed(app -> {
            CircuitBreaker payments = app.breaker("payments");
            payments.reconfigure(
                    payments.config().toBuilder().tripper("failureStreak(7)").build());
            app.with("breaker.instances.stock.tripper", "failureStreak(4)").refresh();
            assertThat(payments.config().tripper().text()).isEqualTo("failureStreak(7)");

            app.with("breaker.instances.payments.cooldown", "fixed(11s)").refresh();
            assertThat(payments.config().tripper().text()).isEqualTo("failureStreak(3)");
        });
    }

    @Test
    void anOverrideSurvivesAndEndsInTheNewInitialState() {
        runner.run(context -> {
            RefreshedContext app = RefreshedContext.of(context);
            CircuitBreaker payments = app.breaker("payments");
            payments.override(StateOverride.to(CircuitState.FORCED_OPEN).expiringIn(Duration.ofMinutes(10)));

            app.with("breaker.instances.payments.initial-state", "metrics-only").refresh();

            assertThat(payments.state()).isEqualTo(CircuitState.FORCED_OPEN);
            context.getBean(AdvancingTime.class).advance(Duration.ofMinutes(10));
            assertThat(payments.state()).isEqualTo(CircuitState.METRICS_ONLY);
        });
    }

    @Test
    void whatIsEnabledCountsFromTheNextStartOn(CapturedOutput output) {
        runner.withPropertyValues("breaker.instances.stock.enabled=false").run(context -> {
            RefreshedContext app = RefreshedContext.of(context);
            PipelineRegistry pipelines = context.getBean(PipelineRegistry.class);
            pipelines.pipeline("payments");
            pipelines.pipeline("stock");

            app.with("breaker.instances.payments.enabled", "false")
                    .with("breaker.instances.stock.enabled", "true")
                    .with("breaker.web.problem-details", "false")
                    .refresh();

            assertThat(app.reconfigured()).isEmpty();
            assertThat(app.breaker("payments").state()).isEqualTo(CircuitState.CLOSED);
            assertThat(app.breaker("stock").state()).isEqualTo(CircuitState.DISABLED);
            assertThat(pipelines.pipeline("payments").policies()).hasSize(1);
            assertThat(pipelines.pipeline("stock").policies()).isEmpty();
            assertThat(output)
                    .contains("count from the next start on: breaker.instances.payments.enabled, "
                            + "breaker.instances.stock.enabled, breaker.web");
        });
    }

    @Test
    void aLaterBreakerHasTheNewSettings() {
        runner.run(context -> {
            RefreshedContext app = RefreshedContext.of(context);
            app.with("breaker.instances.payments.tripper", "failureStreak(4)").refresh();

            app.breaker("payments");

            assertThat(context.getBean(Breakers.class)
                            .describe("payments")
                            .orElseThrow()
                            .settings())
                    .containsEntry("tripper", new Setting("failureStreak(4)", "breaker.instances.payments.tripper"));
        });
    }

    @Test
    void aDefectOfACustomizerChangesNothingAndEndsNothing(CapturedOutput output) {
        AtomicBoolean defect = new AtomicBoolean();
        CircuitBreakerConfigCustomizer customizer = (name, settings) -> {
            if (defect.get()) {
                throw new IllegalStateException("defect of the customizer");
            }
        };
        runner.withBean(CircuitBreakerConfigCustomizer.class, () -> customizer).run(context -> {
            RefreshedContext app = RefreshedContext.of(context);
            app.breaker("payments");
            app.with("breaker.instances.payments.tripper", "failureStreak(4)");

            defect.set(true);
            app.refresh();
            assertThat(app.reconfigured()).isEmpty();
            assertThat(output).contains("java.lang.IllegalStateException: defect of the customizer");

            defect.set(false);
            app.refresh();
            assertThat(app.reconfigured()).containsExactly("payments");
        });
    }

    @Test
    void aConfigurationThatAnAnnotationNamesMustStay(CapturedOutput output) {
        runner.withBean(Shop.class)
                .withPropertyValues("breaker.configs.careful.cooldown=fixed(1s)")
                .run(context -> {
                    RefreshedContext app = RefreshedContext.of(context);
                    app.with("breaker.configs.careful.cooldown", "fixed(2s)").refresh();
                    assertThat(app.reconfigured()).containsExactly("orders");
                    assertThat(app.breaker("orders").config().cooldown().text()).isEqualTo("fixed(2s)");

                    app.with("breaker.instances.orders.base-config", "carefull").refresh();

                    assertThat(app.reconfigured()).containsExactly("orders");
                    assertThat(output).contains("Did you mean 'careful'?");
                });
    }

    @Test
    void aListenerMayAskAgain() {
        runner.run(context -> {
            RefreshedContext app = RefreshedContext.of(context);
            CircuitBreaker payments = app.breaker("payments");
            context.getBean(CircuitBreakerRegistry.class).onEvent(Reconfigured.class, event -> {
                if (event.config().successThreshold() == 4) {
                    app.with("breaker.instances.payments.success-threshold", "5")
                            .refresh();
                }
            });

            app.with("breaker.instances.payments.success-threshold", "4").refresh();

            assertThat(payments.config().successThreshold()).isEqualTo(5);
        });
    }

    private void refreshed(Consumer<RefreshedContext> test) {
        runner.run(context -> test.accept(RefreshedContext.of(context)));
    }

    static class Shop {

        @io.breaker.spring.annotation.CircuitBreaker(name = "orders", config = "careful")
        void order() {}
    }
}
