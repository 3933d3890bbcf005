package io.breaker.spring.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.StateOverride;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TransitionLoggerTests {

    private final ManualTime time = new ManualTime();
    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(time);
    private final TransitionLogger transitionLogger = new TransitionLogger(registry);
    private final Logger payments = (Logger) LoggerFactory.getLogger("io.breaker.payments");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        payments.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        payments.detachAppender(lines);
    }

    @Test
    void warnsWhenTheCircuitOpensAndInformsWhenItRecovers() {
        CircuitBreaker breaker = register("fixed(5s)");
        fail(breaker);
        time.advance(Duration.ofSeconds(5));
        breaker.run(() -> {});

        assertThat(lines.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        tuple(
                                Level.WARN,
                                "Circuit breaker 'payments' went from CLOSED to OPEN for about 5s (by breaker): "
                                        + "failureStreak(1) held: 1 call failed in a row"),
                        tuple(
                                Level.INFO,
                                "Circuit breaker 'payments' went from OPEN to HALF_OPEN (by breaker): "
                                        + "the cooldown is over"),
                        tuple(
                                Level.INFO,
                                "Circuit breaker 'payments' went from HALF_OPEN to CLOSED (by breaker): "
                                        + "1 probe succeeded"));
    }

    @Test
    void warnsOnceAMinuteOfACircuitThatWouldHaveOpened() {
        CircuitBreaker breaker = register("fixed(5s)");
        breaker.metricsOnly();
        lines.list.clear();
        for (int flip = 0; flip < 5; flip++) {
            fail(breaker);
            breaker.run(() -> {});
        }
        time.advance(Duration.ofMinutes(1));
        fail(breaker);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                .hasSize(2)
                .containsOnly(tuple(
                        Level.WARN,
                        "Circuit breaker 'payments' would have opened, but is in METRICS_ONLY: "
                                + "failureStreak(1) held: 1 call failed in a row"));
    }

    @Test
    void warnsOfAForcedOpenAndSaysWhoWantedIt() {
        register("none")
                .override(StateOverride.to(CircuitState.FORCED_OPEN)
                        .because("maintenance")
                        .givenBy("alice"));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                .containsExactly(tuple(
                        Level.WARN,
                        "Circuit breaker 'payments' went from CLOSED to FORCED_OPEN (by alice): maintenance"));
    }

    @Test
    void saysWhenAnOpenHasNoEnd() {
        fail(register("indefinite"));

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("to OPEN without an end (by breaker)");
    }

    @Test
    void writesNothingForRejectedCalls() {
        CircuitBreaker breaker = register("fixed(5s)");
        fail(breaker);
        fail(breaker);
        fail(breaker);

        assertThat(lines.list).hasSize(1);
    }

    @Test
    void keepsAReasonOnOneLine() {
        register("none").override(StateOverride.to(CircuitState.DISABLED).because("drill\r\nWARN all is lost"));

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .endsWith("drill WARN all is lost");
    }

    @Test
    void writesNothingAfterItWasClosed() {
        CircuitBreaker breaker = register("none");

        transitionLogger.close();
        breaker.disable();

        assertThat(lines.list).isEmpty();
    }

    private CircuitBreaker register(String cooldown) {
        return registry.register(
                "payments",
                CircuitBreakerConfig.builder()
                        .tripper("failureStreak(1)")
                        .cooldown(cooldown)
                        .successThreshold(1)
                        .build());
    }

    private static void fail(CircuitBreaker breaker) {
        assertThatThrownBy(() -> breaker.run(() -> {
            throw new IllegalStateException("down");
        }));
    }
}
