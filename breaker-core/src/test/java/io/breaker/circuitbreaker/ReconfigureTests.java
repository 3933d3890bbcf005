package io.breaker.circuitbreaker;

import static io.breaker.circuitbreaker.CircuitState.CLOSED;
import static io.breaker.circuitbreaker.CircuitState.HALF_OPEN;
import static io.breaker.circuitbreaker.CircuitState.METRICS_ONLY;
import static io.breaker.circuitbreaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    void probesAnOpenAtTheEndItHadBefore() {
        fail();
        fail();
        time.advance(Duration.ofSeconds(3));
        reconfigure(settings -> settings.cooldown("none").permit("concurrent(1)"));
        time.advance(Duration.ofSeconds(7).minusNanos(1));
        assertThatThrownBy(breaker::begin).isInstanceOf(CallNotPermittedException.class);
        time.advance(Duration.ofNanos(1));

        breaker.begin();

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThatThrownBy(breaker::begin).isInstanceOf(CallNotPermittedException.class);
    }

    @Test
    void drawsTheNewCooldownAtTheNextOpening() {
        fail();
        fail();
        reconfigure(settings -> settings.cooldown("fixed(1h)"));
        time.advance(Duration.ofSeconds(10));

        fail();
        fail();

        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofHours(1));
    }

    @Test
    void measuresTheRampOfAHalfOpenFromTheReconfigurationOn() {
        fail();
        fail();
        time.advance(Duration.ofSeconds(10));
        breaker.begin().succeed();
        time.advance(Duration.ofSeconds(50));

        reconfigure(settings -> settings.permit("rampUp(100%, 100%, 60s)").successThreshold(1));
        time.advance(Duration.ofSeconds(60).minusNanos(1));
        breaker.begin().succeed();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        time.advance(Duration.ofNanos(1));
        breaker.begin().succeed();

        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void letsAProbeOfBeforeNeitherCloseNorReopenAHalfOpen() {
        fail();
        fail();
        time.advance(Duration.ofSeconds(10));
        OngoingCall good = breaker.begin();
        OngoingCall bad = breaker.begin();
        OngoingCall hanging = breaker.begin();
        reconfigure(settings -> settings.tripper("failureStreak(1)").successThreshold(1));

        good.succeed();
        bad.fail(new Exception());
        time.advance(Duration.ofMinutes(10));
        breaker.begin();

        assertThat(hanging).isNotNull();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.snapshot().probeSuccesses()).isZero();
        assertThat(breaker.snapshot().totals().succeeded()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = CircuitState.class,
            names = {"METRICS_ONLY", "DISABLED", "FORCED_OPEN"})
    void keepsACommandAndTheEndOfIt(CircuitState state) {
        breaker.override(StateOverride.to(state).expiringIn(Duration.ofSeconds(10)));
        Instant since = breaker.snapshot().since();
        time.advance(Duration.ofSeconds(4));

        reconfigure(settings -> settings.window("time(60s)"));
        reconfigure(settings -> settings.tripper("failureStreak(1)").initialState(METRICS_ONLY));

        time.advance(Duration.ofSeconds(6).minusNanos(1));
        assertThat(breaker.state()).isEqualTo(state);
        assertThat(breaker.snapshot().since()).isEqualTo(since);
        time.advance(Duration.ofNanos(1));
        assertThat(breaker.state()).isEqualTo(METRICS_ONLY);
        assertThat(breaker.snapshot().since()).isEqualTo(since.plusSeconds(10));
    }

    @Test
    void judgesMetricsOnlyByTheNewRulesAndAnEmptyWindow() {
        breaker.metricsOnly();
        fail();
        fail();
        assertThat(breaker.snapshot().wouldOpen()).isTrue();

        reconfigure(settings -> settings.tripper("failureCount(2)"));
        assertThat(breaker.snapshot().wouldOpen()).isFalse();
        fail();
        assertThat(breaker.snapshot().wouldOpen()).isFalse();
        fail();

        assertThat(breaker.state()).isEqualTo(METRICS_ONLY);
        assertThat(breaker.snapshot().wouldOpen()).isTrue();
        assertThat(breaker.history().wouldOpens()).isEqualTo(2);
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
