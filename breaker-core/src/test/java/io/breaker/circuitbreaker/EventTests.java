package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CircuitBreakerEvent.Failed;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Ignored;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Reconfigured;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Rejected;
import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Succeeded;
import io.breaker.event.Registration;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventTests {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "payments",
            CircuitBreakerConfig.builder()
                    .tripper("failureStreak(2)")
                    .tracker("!typeOf(java.lang.IllegalStateException)")
                    .build(),
            time);
    private final List<CircuitBreakerEvent> heard = new ArrayList<>();

    @Test
    void tellsWhatBecameOfEachCallAndWhyTheStateChanged() {
        breaker.onEvent(heard::add);
        Exception failure = new Exception();
        IllegalStateException ignored = new IllegalStateException();

        breaker.begin().succeed();
        breaker.begin().fail(ignored);
        breaker.begin().ignore();
        breaker.begin().fail(failure);
        breaker.begin().fail(failure);
        assertThatThrownBy(breaker::begin).isInstanceOf(CallNotPermittedException.class);
        breaker.reconfigure(breaker.config());

        Optional<Duration> latency = Optional.of(Duration.ZERO);
        assertThat(heard)
                .containsExactly(
                        new Succeeded("payments", START, latency),
                        new Ignored("payments", START, Optional.of(ignored)),
                        new Ignored("payments", START, Optional.empty()),
                        new Failed("payments", START, latency, Optional.of(failure)),
                        new Failed("payments", START, latency, Optional.of(failure)),
                        new StateChanged(
                                "payments",
                                START,
                                CircuitState.CLOSED,
                                CircuitState.OPEN,
                                "failureStreak(2) held: 2 calls failed in a row",
                                "breaker"),
                        new Rejected("payments", START, CircuitState.OPEN),
                        new Reconfigured("payments", START, breaker.config()));
    }

    @Test
    void tellsOneTypeOnly() {
        List<Failed> failures = new ArrayList<>();
        breaker.onEvent(Failed.class, failures::add);

        breaker.begin().succeed();
        breaker.begin().fail(new Exception());

        assertThat(failures).hasSize(1);
    }

    @Test
    void aFailureByItsValueHasNoCause() {
        CircuitBreaker strict = CircuitBreaker.of("strict", settings -> settings.resultTracker(value -> true));
        List<Failed> failures = new ArrayList<>();
        strict.onEvent(Failed.class, failures::add);

        strict.get(() -> "value");

        assertThat(failures).extracting(Failed::cause).containsExactly(Optional.empty());
    }

    @Test
    void tellsNobodyAfterTheRegistrationEnded() {
        Registration registration = breaker.onEvent(heard::add);
        registration.close();

        breaker.begin().succeed();

        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerThatThrowsDisturbsNeitherTheCallNorTheOthers() {
        breaker.onEvent(event -> {
            throw new AssertionError("defect");
        });
        breaker.onEvent(heard::add);

        assertThat(breaker.get(() -> "value")).isEqualTo("value");

        assertThat(heard).hasSize(1);
    }

    @Test
    void aCommandIsToldWithItsReasonAndWhoGaveIt() {
        breaker.onEvent(StateChanged.class, heard::add);

        breaker.override(
                StateOverride.to(CircuitState.FORCED_OPEN).because("drill").givenBy("ops"));

        assertThat(heard)
                .containsExactly(new StateChanged(
                        "payments", START, CircuitState.CLOSED, CircuitState.FORCED_OPEN, "drill", "ops"));
    }
}
