package io.breaker.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerEvent;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class BreakersTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class));

    @Test
    void makesABreakerOfItsPropertiesWhenCodeAsksForIt() {
        runner.withPropertyValues("breaker.instances.payments.tripper=failureStreak(2)")
                .run(context -> {
                    Breakers breakers = context.getBean(Breakers.class);
                    assertThat(context.getBean(CircuitBreakerRegistry.class).all())
                            .isEmpty();
                    assertThat(breakers.describe("payments")).isEmpty();

                    CircuitBreaker breaker = breakers.get("payments");

                    assertThat(breaker.config().tripper()).hasToString("failureStreak(2)");
                    assertThat(breakers.get("payments")).isSameAs(breaker);
                    assertThat(context.getBean(CircuitBreakerRegistry.class).find("payments"))
                            .containsSame(breaker);
                    assertThat(breakers.describe("payments").orElseThrow().methods())
                            .isEmpty();
                });
    }

    @Test
    void makesABreakerOnceHoweverManyThreadsAskForIt() {
        runner.run(context -> {
            Breakers breakers = context.getBean(Breakers.class);
            Set<CircuitBreaker> registered = ConcurrentHashMap.newKeySet();
            context.getBean(CircuitBreakerRegistry.class).forEach(registered::add);
            for (int round = 0; round < 50; round++) {
                String name = "payments" + round;
                CyclicBarrier start = new CyclicBarrier(4);
                List<CompletableFuture<CircuitBreaker>> asked = Stream.generate(() -> CompletableFuture.supplyAsync(
                                () -> {
                                    await(start);
                                    return breakers.get(name);
                                },
                                task -> new Thread(task).start()))
                        .limit(4)
                        .toList();
                assertThat(asked.stream().map(CompletableFuture::join).distinct())
                        .hasSize(1);
            }
            assertThat(registered).hasSize(50);
        });
    }

    @Test
    void refusesANameThatIsNone() {
        runner.run(context -> {
            Breakers breakers = context.getBean(Breakers.class);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> breakers.get(" "))
                    .withMessage("a circuit breaker must have a name");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> breakers.get("a/b"))
                    .withMessage("the name of a circuit breaker must not contain '/': a/b");
        });
    }

    @Test
    void findsPropertiesWhateverTheNameIs() {
        runner.withPropertyValues(
                        "breaker.instances[Order.place].success-threshold=7",
                        "breaker.instances.orderService.success-threshold=8")
                .run(context -> {
                    Breakers breakers = context.getBean(Breakers.class);
                    breakers.get("Order.place");
                    breakers.get("orderService");
                    assertThat(breakers.describe("Order.place")
                                    .orElseThrow()
                                    .settings()
                                    .get("success-threshold"))
                            .isEqualTo(new Setting("7", "breaker.instances[Order.place].success-threshold"));
                    assertThat(breakers.describe("orderService")
                                    .orElseThrow()
                                    .settings()
                                    .get("success-threshold"))
                            .isEqualTo(new Setting("8", "breaker.instances.orderService.success-threshold"));
                });
    }

    @Test
    void addsWhatALaterMethodSaysToABreakerThatIsThere() {
        runner.run(context -> {
            Breakers breakers = context.getBean(Breakers.class);
            CircuitBreaker breaker = breakers.register(guard("shared", null, null));
            List<CircuitBreakerEvent> events = new ArrayList<>();
            breaker.onEvent(events::add);

            assertThat(breakers.register(guard("shared", "failureStreak(2)", "all")))
                    .isSameAs(breaker);
            assertThat(breaker.config().tripper()).hasToString("failureStreak(2)");
            assertThat(events).hasSize(1).first().isInstanceOf(CircuitBreakerEvent.Reconfigured.class);

            breakers.register(guard("shared", "failureStreak(count=2)", null));
            assertThat(events).hasSize(1);
        });
    }

    @Test
    void putsABreakerIntoTheInitialStateThatALaterMethodBrings() {
        runner.withPropertyValues("breaker.configs.shadow.initial-state=metrics-only")
                .run(context -> {
                    Breakers breakers = context.getBean(Breakers.class);
                    CircuitBreaker breaker = breakers.register(guard("shared", null, null));
                    Guard other = guard("shared", null, null);
                    breakers.register(new Guard("shared", other.method(), "shadow", null, null, null, null));
                    assertThat(breaker.state()).isEqualTo(CircuitState.METRICS_ONLY);
                });
    }

    @Test
    void keepsWhatABreakerWasRegisteredWithByHand() {
        runner.withPropertyValues(
                        "breaker.defaults.window=count(200)", "breaker.instances.payments.success-threshold=9")
                .run(context -> {
                    CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
                    CircuitBreaker own = registry.register(
                            "payments",
                            CircuitBreakerConfig.builder().window("count(50)").build());
                    Breakers breakers = context.getBean(Breakers.class);

                    assertThat(breakers.get("payments")).isSameAs(own);
                    assertThat(breakers.describe("payments")
                                    .orElseThrow()
                                    .settings()
                                    .get("window"))
                            .isEqualTo(new Setting("count(50)", "code"));

                    assertThat(breakers.register(guard("payments", "failureStreak(2)", null)))
                            .isSameAs(own);
                    assertThat(own.config().window()).hasToString("count(50)");
                    assertThat(own.config().successThreshold()).isEqualTo(9);
                    assertThat(own.config().tripper()).hasToString("failureStreak(2)");
                });
    }

    @Test
    void canDescribeABreakerTheMomentItIsRegistered() {
        runner.run(context -> {
            Breakers breakers = context.getBean(Breakers.class);
            List<String> described = new ArrayList<>();
            context.getBean(CircuitBreakerRegistry.class)
                    .forEach(breaker -> described.addAll(
                            breakers.describe(breaker.name()).orElseThrow().methods()));

            breakers.register(guard("payments", null, null));
            assertThat(described).containsExactly("BreakersTests.guarded()");
        });
    }

    @Test
    void showsABreakerThatIsNotEnabledAsDisabled() {
        runner.withPropertyValues(
                        "breaker.instances.payments.enabled=false",
                        "breaker.instances.payments.initial-state=forced-open")
                .run(context -> {
                    Breakers breakers = context.getBean(Breakers.class);
                    assertThat(breakers.get("payments").state()).isEqualTo(CircuitState.DISABLED);
                    assertThat(breakers.enabled("payments")).isFalse();
                    assertThat(breakers.enabled("other")).isTrue();
                    BreakerDescription description =
                            breakers.describe("payments").orElseThrow();
                    assertThat(description.enabled()).isFalse();
                    assertThat(description.settings().get("initial-state"))
                            .isEqualTo(new Setting("disabled", "breaker.instances.payments.enabled"));
                });
    }

    @Test
    void countsFallbacksByName() {
        runner.run(context -> {
            Breakers breakers = context.getBean(Breakers.class);
            breakers.get("payments");
            breakers.countFallback("payments");
            breakers.countFallback("unknown");

            assertThat(breakers.fallbacks("payments")).isEqualTo(1);
            assertThat(breakers.describe("payments").orElseThrow().fallbacks()).isEqualTo(1);
            assertThat(breakers.fallbacks("unknown")).isZero();
        });
    }

    void guarded() {}

    private static Guard guard(String name, @Nullable String tripper, @Nullable String tracker) {
        try {
            return new Guard(
                    name, BreakersTests.class.getDeclaredMethod("guarded"), null, tracker, tripper, null, null);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }
}
