package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breaker.testing.ManualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallNotPermittedExceptionTests {

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "payments",
            CircuitBreakerConfig.builder()
                    .tripper("failureStreak(1)")
                    .cooldown("fixed(20s)")
                    .permit("concurrent(1)")
                    .build(),
            time);

    @Test
    void namesTheBreakerTheStateAndWhatIsLeftAsOfNow() {
        CallNotPermittedException rejection = open();

        assertThat(rejection.circuitBreakerName()).isEqualTo("payments");
        assertThat(rejection.state()).isEqualTo(CircuitState.OPEN);
        assertThat(rejection.retryAfter()).contains(Duration.ofSeconds(20));
        time.advance(Duration.ofMillis(7_500));
        assertThat(rejection.retryAfter()).contains(Duration.ofMillis(12_500));
        assertThat(rejection).hasMessage("circuit breaker 'payments' is OPEN and permits no call, retry after PT12.5S");
        time.advance(Duration.ofHours(1));
        assertThat(rejection.retryAfter()).contains(Duration.ZERO);
    }

    @Test
    void knowsNoWaitingTimeInHalfOpenAndForcedOpen() {
        open();
        time.advance(Duration.ofSeconds(20));
        breaker.begin();

        CallNotPermittedException halfOpen = rejection();
        breaker.forceOpen();
        CallNotPermittedException forcedOpen = rejection();

        assertThat(halfOpen.retryAfter()).isEmpty();
        assertThat(halfOpen).hasMessage("circuit breaker 'payments' is HALF_OPEN and permits no call");
        assertThat(forcedOpen.retryAfter()).isEmpty();
        assertThat(forcedOpen.overrideEndsIn()).isEmpty();
    }

    @Test
    void isMadeOncePerStayAndCannotBeChangedByOneOfItsCatchers() {
        CallNotPermittedException first = open();
        CallNotPermittedException second = rejection();

        assertThat(second).isSameAs(first);
        assertThat(first.getStackTrace()).isEmpty();
        first.addSuppressed(new Exception());
        assertThat(first.getSuppressed()).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> first.initCause(new Exception()));
    }

    @Test
    void canBeSentElsewhereWithoutItsClock() throws IOException, ClassNotFoundException {
        CallNotPermittedException rejection = open();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(rejection);

        var copy = (CallNotPermittedException)
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(copy.circuitBreakerName()).isEqualTo("payments");
        assertThat(copy.retryAfter()).isEmpty();
        assertThat(copy).hasMessage("circuit breaker 'payments' is OPEN and permits no call");
    }

    private CallNotPermittedException open() {
        breaker.begin().fail(new Exception());
        return rejection();
    }

    private CallNotPermittedException rejection() {
        return catchThrowableOfType(CallNotPermittedException.class, breaker::begin);
    }
}
