package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.breaker.circuitbreaker.CircuitBreakerEvent.Reconfigured;
import io.breaker.event.Registration;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RegistryReconfigurationTests {

    private final ManualTime time = new ManualTime();
    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(time);
    private final CircuitBreaker payments = registry.register(
            "payments",
            CircuitBreakerConfig.builder()
                    .tripper("failureStreak(1)")
                    .cooldown("fixed(10s)")
                    .build());

    @Test
    void changesTheSettingsItIsToldAndKeepsTheOthersAndTheState() {
        List<Reconfigured> events = new ArrayList<>();
        registry.onEvent(Reconfigured.class, events::add);
        fail(payments);
        time.advance(Duration.ofSeconds(4));

        CircuitBreaker same = registry.reconfigure("payments", settings -> settings.tripper("failureStreak(2)"));

        assertThat(same).isSameAs(payments);
        assertThat(payments.config().tripper().text()).isEqualTo("failureStreak(2)");
        assertThat(payments.config().cooldown().text()).isEqualTo("fixed(10s)");
        assertThat(payments.state()).isEqualTo(CircuitState.OPEN);
        assertThat(payments.snapshot().retryAfter()).contains(Duration.ofSeconds(6));
        assertThat(payments.snapshot().totals().failed()).isEqualTo(1);
        assertThat(events).extracting(Reconfigured::config).containsExactly(payments.config());
    }

    @Test
    void takesAllSettingsAtOnce() {
        CircuitBreakerConfig config =
                CircuitBreakerConfig.builder().successThreshold(7).build();

        registry.reconfigure("payments", config);

        assertThat(payments.config()).isSameAs(config);
    }

    @Test
    void aWrongSettingChangesNothing() {
        List<CircuitBreakerEvent> events = new ArrayList<>();
        payments.onEvent(events::add);
        CircuitBreakerConfig before = payments.config();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.reconfigure(
                        "payments", settings -> settings.successThreshold(5).tripper("often")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.reconfigure(
                        "payments", settings -> settings.window("count(10)").tripper("minRequests(11) & halfOpened")))
                .withMessageContainingAll("10", "11");

        assertThat(payments.config()).isSameAs(before);
        assertThat(events).isEmpty();
    }

    @Test
    void aCheckRefusesSettingsUntilItEnds() {
        CircuitBreakerConfig before = payments.config();
        Registration check = registry.checkReconfigurations((name, config) -> {
            if (config.successThreshold() > 5) {
                throw new IllegalStateException(name + " would be slow to recover");
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> registry.reconfigure("payments", settings -> settings.successThreshold(6)))
                .withMessage("payments would be slow to recover");
        assertThatIllegalStateException()
                .isThrownBy(() -> registry.reconfigure(
                        "payments",
                        CircuitBreakerConfig.builder().successThreshold(6).build()));
        assertThat(payments.config()).isSameAs(before);

        check.close();
        registry.reconfigure("payments", settings -> settings.successThreshold(6));
        assertThat(payments.config().successThreshold()).isEqualTo(6);
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        registry.register("orders", CircuitBreakerConfig.builder().build());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.reconfigure("paymets", settings -> settings))
                .withMessage("no circuit breaker has the name 'paymets': there are orders, payments; "
                        + "did you mean 'payments'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CircuitBreakerRegistry.create().reconfigure("payments", settings -> settings))
                .withMessage("no circuit breaker has the name 'payments': there is none");
        assertThat(registry.find("paymets")).isEmpty();
    }

    @Test
    void anOverrideKeepsItsEnd() {
        payments.override(StateOverride.to(CircuitState.FORCED_OPEN).expiringIn(Duration.ofMinutes(10)));
        time.advance(Duration.ofMinutes(9));

        registry.reconfigure("payments", settings -> settings.initialState(CircuitState.METRICS_ONLY));

        assertThat(payments.state()).isEqualTo(CircuitState.FORCED_OPEN);
        time.advance(Duration.ofMinutes(1));
        assertThat(payments.state()).isEqualTo(CircuitState.METRICS_ONLY);
    }

    @Test
    void aProbeThatWasOutNeitherClosesNorReopens() {
        fail(payments);
        time.advance(Duration.ofSeconds(10));
        OngoingCall late = payments.begin();
        OngoingCall later = payments.begin();

        registry.reconfigure("payments", settings -> settings.successThreshold(1));
        late.succeed();
        later.fail(new IllegalStateException("late"));

        assertThat(payments.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(payments.snapshot().totals().failed()).isEqualTo(2);
        assertThat(payments.snapshot().totals().succeeded()).isEqualTo(1);
        payments.run(() -> {});
        assertThat(payments.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aListenerMayReconfigure() {
        registry.onEvent(Reconfigured.class, event -> {
            if (event.config().successThreshold() == 4) {
                registry.reconfigure("payments", settings -> settings.successThreshold(5));
            }
        });

        registry.reconfigure("payments", settings -> settings.successThreshold(4));

        assertThat(payments.config().successThreshold()).isEqualTo(5);
    }

    @Test
    void twoAtATimeLoseNoChange() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 1; round <= 500; round++) {
                int value = round;
                CountDownLatch start = new CountDownLatch(1);
                Future<?> one = threads.submit(() -> {
                    start.await();
                    return registry.reconfigure("payments", settings -> settings.successThreshold(value));
                });
                Future<?> other = threads.submit(() -> {
                    start.await();
                    return registry.reconfigure(
                            "payments", settings -> settings.probeTimeout(Duration.ofSeconds(value)));
                });
                start.countDown();
                one.get();
                other.get();

                assertThat(payments.config().successThreshold()).isEqualTo(value);
                assertThat(payments.config().probeTimeout()).isEqualTo(Duration.ofSeconds(value));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void fail(CircuitBreaker breaker) {
        assertThatIllegalStateException()
                .isThrownBy(() -> breaker.run(() -> {
                    throw new IllegalStateException("down");
                }));
    }
}
