package io.breaker.circuitbreaker;

import static io.breaker.circuitbreaker.CircuitState.CLOSED;
import static io.breaker.circuitbreaker.CircuitState.HALF_OPEN;
import static io.breaker.circuitbreaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReconfigureTests {

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "payments",
            CircuitBreakerConfig.builder()
                    .tripper("failureStreak(2)")
                    .cooldown("exponential(10s)")
                    .build(),
            time);

    @Test
    void keepsAClosedCircuitClosedWithAnEmptyWindow() {
        fail();
        CircuitSnapshot before = breaker.snapshot();
        time.advance(Duration.ofSeconds(1));

        reconfigure(settings -> settings.window("count(5)"));

        CircuitSnapshot after = breaker.snapshot();
        assertThat(after.state()).isEqualTo(CLOSED);
        assertThat(after.since()).isEqualTo(before.since());
        assertThat(after.stats().total()).isZero();
        assertThat(after.failureStreak()).isZero();
        assertThat(after.totals()).isEqualTo(before.totals());
        assertThat(breaker.config().window()).hasToString("count(5)");
    }

    @Test
    void usesTheNewRulesForTheNextCall() {
        reconfigure(settings -> settings.tripper("failureStreak(1)"));

        fail();

        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void keepsTheEndOfAnOpenItsReopensAndItsFigures() {
        fail();
        fail();
        time.advance(Duration.ofSeconds(10));
        fail();
        fail();
        time.advance(Duration.ofSeconds(3));
        CircuitSnapshot before = breaker.snapshot();

        reconfigure(settings -> settings.cooldown("fixed(1h)"));

        assertThat(breaker.snapshot()).isEqualTo(before);
        assertThat(before.reopens()).isEqualTo(1);
        assertThat(before.retryAfter()).contains(Duration.ofSeconds(17));
    }

    @Test
    void startsTheProbesAndTheRampOfAHalfOpenAnew() {
        fail();
        fail();
        time.advance(Duration.ofSeconds(10));
        breaker.begin().succeed();
        breaker.begin();
        breaker.begin();
        breaker.begin();
        assertThatThrownBy(breaker::begin).isInstanceOf(CallNotPermittedException.class);
        CircuitSnapshot before = breaker.snapshot();
        time.advance(Duration.ofSeconds(1));

        reconfigure(settings -> settings.permit("concurrent(1)"));

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.snapshot().since()).isEqualTo(before.since());
        assertThat(breaker.snapshot().probeSuccesses()).isZero();
        breaker.begin();
        assertThatThrownBy(breaker::begin).isInstanceOf(CallNotPermittedException.class);
    }

    @Test
    void countsACallThatWasUnderWayInTheTotalsOnly() {
        OngoingCall call = breaker.begin();

        reconfigure(settings -> settings.window("count(5)"));
        call.fail(new Exception());

        assertThat(breaker.snapshot().stats().total()).isZero();
        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
    }

    @Test
    void keepsTheHistory() {
        breaker.disable();
        CircuitHistory before = breaker.history();

        reconfigure(settings -> settings);

        assertThat(breaker.history()).isEqualTo(before);
    }

    private void reconfigure(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        breaker.reconfigure(settings.apply(breaker.config().toBuilder()).build());
    }

    private void fail() {
        breaker.begin().fail(new Exception());
    }
}
