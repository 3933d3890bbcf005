package io.breaker;

import static io.breaker.circuitbreaker.CircuitState.CLOSED;
import static io.breaker.circuitbreaker.CircuitState.DISABLED;
import static io.breaker.circuitbreaker.CircuitState.FORCED_OPEN;
import static io.breaker.circuitbreaker.CircuitState.HALF_OPEN;
import static io.breaker.circuitbreaker.CircuitState.METRICS_ONLY;
import static io.breaker.circuitbreaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.StateOverride;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A breaker in a state, and what happens to it. */
final class StatesPageScene {

    static final Duration COOLDOWN = Duration.ofSeconds(10);
    static final Duration RAMP = Duration.ofSeconds(30);
    static final Duration PROBE_TIMEOUT = Duration.ofSeconds(60);
    static final Duration NANO = Duration.ofNanos(1);

    final ManualTime time = new ManualTime();
    final List<StateChanged> changes = new ArrayList<>();
    final CircuitBreaker breaker = CircuitBreaker.of(
            "payments",
            CircuitBreakerConfig.builder()
                    .tripper("failureStreak(2) | (closed & minRequests(5) & failureRate(20%))")
                    .cooldown("fixed(10s)")
                    .permit("rampUp(100%, 100%, 30s)")
                    .successThreshold(2)
                    .initialState(METRICS_ONLY)
                    .build(),
            time);

    StatesPageScene(CircuitState state) {
        breaker.reset();
        if (state == OPEN || state == HALF_OPEN) {
            fail();
            fail();
        }
        if (state == HALF_OPEN) {
            time.advance(COOLDOWN);
            breaker.begin().ignore();
        }
        if (state == FORCED_OPEN) {
            fail();
        }
        if (state == METRICS_ONLY || state == DISABLED || state == FORCED_OPEN) {
            breaker.override(StateOverride.to(state));
        }
        assertThat(breaker.state()).isEqualTo(state);
        breaker.onEvent(StateChanged.class, changes::add);
    }

    void failTwice() {
        fail();
        breaker.begin().ignore();
        assertStays(CLOSED);
        fail();
    }

    void succeedUntilTheMinimumIsReached() {
        fail();
        succeed();
        succeed();
        succeed();
        assertStays(CLOSED);
        succeed();
    }

    void callAfterTheCooldown() {
        time.advance(COOLDOWN.minus(NANO));
        assertRejected();
        time.advance(NANO);
        assertStays(OPEN);
        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ZERO);
        assertThat(breaker.begin()).isNotNull();
    }

    void callThatIsRefusedAfterTheCooldown() {
        reconfigure(settings -> settings.permit(context -> false));
        time.advance(COOLDOWN);
        assertRejected();
    }

    void failTwiceBesideAProbe() {
        breaker.begin();
        fail();
        assertStays(HALF_OPEN);
        fail();
    }

    void callAfterTheProbeTimeout() {
        breaker.begin();
        time.advance(PROBE_TIMEOUT.minus(NANO));
        breaker.begin();
        time.advance(NANO);
        assertStays(HALF_OPEN);
        assertRejected();
    }

    void succeedBeforeAndAfterTheRamp() {
        succeed();
        succeed();
        time.advance(RAMP.minus(NANO));
        succeed();
        assertStays(HALF_OPEN);
        time.advance(NANO);
        succeed();
    }

    void succeedTwiceAfterTheRamp() {
        time.advance(RAMP);
        succeed();
        breaker.begin().ignore();
        assertStays(HALF_OPEN);
        succeed();
    }

    void callAtTheEnd() {
        endInTenSeconds();
        breaker.begin();
    }

    void readAtTheEnd() {
        endInTenSeconds();
        assertThat(breaker.snapshot().since()).isEqualTo(time.instant());
    }

    private void endInTenSeconds() {
        CircuitState state = breaker.state();
        breaker.override(StateOverride.to(state).expiringIn(Duration.ofSeconds(10)));
        changes.clear();
        time.advance(Duration.ofSeconds(10).minus(NANO));
        assertStays(state);
        time.advance(NANO);
    }

    void fail() {
        breaker.begin().fail(new Exception());
    }

    void succeed() {
        breaker.begin().succeed();
    }

    void reconfigure(Consumer<CircuitBreakerConfig.Builder> settings) {
        CircuitBreakerConfig.Builder builder = breaker.config().toBuilder();
        settings.accept(builder);
        breaker.reconfigure(builder.build());
    }

    void assertStays(CircuitState state) {
        assertThat(breaker.state()).isEqualTo(state);
        assertThat(changes).isEmpty();
    }

    void assertRejected() {
        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(breaker::begin);
    }
}
