package io.breaker.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerEvent;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Reconfigured;
import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerEventAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

class BreakerEventPublisherTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerEventAutoConfiguration.class))
            .withPropertyValues("breaker.instances.payments.tripper=failureStreak(1)");

    @Test
    void aMethodHearsHowTheStateChangedAndWhy() {
        runner.withBean(Listener.class).run(context -> {
            CircuitBreaker payments = context.getBean(Breakers.class).get("payments");

            fail(payments);

            Listener listener = context.getBean(Listener.class);
            assertThat(listener.changes).singleElement().satisfies(change -> {
                assertThat(change.name()).isEqualTo("payments");
                assertThat(change.from()).isEqualTo(CircuitState.CLOSED);
                assertThat(change.to()).isEqualTo(CircuitState.OPEN);
                assertThat(change.reason()).isEqualTo("failureStreak(1) held: 1 call failed in a row");
                assertThat(change.at()).isEqualTo(payments.snapshot().since());
            });
        });
    }

    @Test
    void callsAreNoEventsOfTheApplication() {
        runner.withBean(Listener.class).run(context -> {
            CircuitBreaker payments = context.getBean(Breakers.class).get("payments");
            payments.run(() -> {});
            fail(payments);
            assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> payments.run(() -> {}));
            context.getBean(CircuitBreakerRegistry.class)
                    .reconfigure("payments", settings -> settings.successThreshold(2));

            assertThat(context.getBean(Listener.class).all)
                    .extracting(event -> (Object) event.getClass())
                    .containsExactly(StateChanged.class, Reconfigured.class);
        });
    }

    @Test
    void aListenerThatThrowsDisturbsNeitherCallNorBreaker() {
        runner.withBean(Throwing.class).run(context -> {
            CircuitBreaker payments = context.getBean(Breakers.class).get("payments");
            List<StateChanged> heard = new ArrayList<>();
            payments.onEvent(StateChanged.class, heard::add);

            fail(payments);

            assertThat(payments.state()).isEqualTo(CircuitState.OPEN);
            assertThat(heard).hasSize(1);
        });
    }

    @Test
    void nothingIsPublishedOnceTheApplicationIsClosed() {
        CircuitBreakerRegistry registry = CircuitBreakerRegistry.create();
        runner.withBean("registry", CircuitBreakerRegistry.class, () -> registry)
                .withBean(Listener.class)
                .run(context -> {
                    CircuitBreaker payments = context.getBean(Breakers.class).get("payments");
                    Listener listener = context.getBean(Listener.class);
                    context.close();

                    payments.forceOpen();

                    assertThat(payments.state()).isEqualTo(CircuitState.FORCED_OPEN);
                    assertThat(listener.all).isEmpty();
                });
    }

    private static void fail(CircuitBreaker breaker) {
        assertThatIllegalStateException()
                .isThrownBy(() -> breaker.run(() -> {
                    throw new IllegalStateException("down");
                }));
    }

    static class Listener {

        final List<StateChanged> changes = new ArrayList<>();
        final List<CircuitBreakerEvent> all = new ArrayList<>();

        @EventListener
        void on(StateChanged change) {
            changes.add(change);
        }

        @EventListener
        void on(CircuitBreakerEvent event) {
            all.add(event);
        }
    }

    static class Throwing {

        @EventListener
        void on(StateChanged change) {
            throw new IllegalStateException("defect");
        }
    }
}
