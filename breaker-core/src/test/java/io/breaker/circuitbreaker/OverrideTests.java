package io.breaker.circuitbreaker;

import static io.breaker.circuitbreaker.CircuitState.CLOSED;
import static io.breaker.circuitbreaker.CircuitState.DISABLED;
import static io.breaker.circuitbreaker.CircuitState.FORCED_OPEN;
import static io.breaker.circuitbreaker.CircuitState.METRICS_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands with a reason and an end. */
class OverrideTests {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = CircuitBreaker.of("payments", CircuitBreakerConfig.ofDefaults(), time);

    @Test
    void endsOnReadStampedWithTheMomentItWasDue() {
        breaker.override(drill());
        Instant due = time.instant().plus(TEN_SECONDS);
        time.advance(TEN_SECONDS.minusNanos(1));
        assertThat(breaker.state()).isEqualTo(FORCED_OPEN);

        time.advance(Duration.ofHours(3));

        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.snapshot().since()).isEqualTo(due);
        assertThat(breaker.history().transitions().get(0))
                .isEqualTo(new Transition(FORCED_OPEN, CLOSED, due, "the override ended after 10s", "breaker"));
        assertThat(breaker.history().timeIn(FORCED_OPEN)).isEqualTo(TEN_SECONDS);
    }

    @ParameterizedTest
    @EnumSource(
            value = CircuitState.class,
            names = {"FORCED_OPEN", "DISABLED", "METRICS_ONLY"})
    void endsOnTheNextCall(CircuitState state) {
        breaker.override(StateOverride.to(state).expiringIn(TEN_SECONDS));
        time.advance(TEN_SECONDS);
        List<CircuitBreakerEvent.StateChanged> events = new ArrayList<>();
        breaker.onEvent(CircuitBreakerEvent.StateChanged.class, events::add);

        breaker.begin().succeed();

        assertThat(events).extracting(CircuitBreakerEvent.StateChanged::to).containsExactly(CLOSED);
        assertThat(breaker.snapshot().stats().total()).isEqualTo(1);
    }

    @Test
    void returnsToTheInitialState() {
        CircuitBreaker quiet = CircuitBreaker.of(
                "quiet",
                CircuitBreakerConfig.builder().initialState(METRICS_ONLY).build(),
                time);
        quiet.override(drill());
        time.advance(TEN_SECONDS);

        assertThat(quiet.state()).isEqualTo(METRICS_ONLY);
    }

    @Test
    void survivesAReconfigurationWithItsEnd() {
        breaker.override(drill());
        time.advance(Duration.ofSeconds(4));
        breaker.reconfigure(
                breaker.config().toBuilder().initialState(METRICS_ONLY).build());

        time.advance(Duration.ofSeconds(6).minusNanos(1));
        assertThat(breaker.state()).isEqualTo(FORCED_OPEN);
        time.advance(Duration.ofNanos(1));
        assertThat(breaker.state()).isEqualTo(METRICS_ONLY);
    }

    @Test
    void isDroppedByAnyLaterCommand() {
        breaker.override(drill());
        breaker.forceOpen();
        time.advance(Duration.ofDays(1));
        assertThat(breaker.state()).isEqualTo(FORCED_OPEN);

        breaker.override(drill());
        breaker.disable();
        time.advance(Duration.ofDays(1));
        assertThat(breaker.state()).isEqualTo(DISABLED);
    }

    @Test
    void itsRejectionTellsTheEndOfTheOverrideButNoRetryAfter() {
        breaker.override(drill());
        time.advance(Duration.ofSeconds(4));

        assertThatExceptionOfType(CallNotPermittedException.class)
                .isThrownBy(breaker::begin)
                .satisfies(rejection -> {
                    assertThat(rejection.retryAfter()).isEmpty();
                    assertThat(rejection.overrideEndsIn()).contains(Duration.ofSeconds(6));
                });
    }

    @Test
    void standsInTheHistoryWithItsReasonAndWhoGaveIt() {
        breaker.override(drill());

        assertThat(breaker.history().transitions())
                .containsExactly(new Transition(CLOSED, FORCED_OPEN, time.instant(), "drill", "ops"));
    }

    @Test
    void refusesStatesOfTheBreakersOwnAndEndsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateOverride.to(CircuitState.OPEN))
                .withMessage("state must be CLOSED, METRICS_ONLY, DISABLED or FORCED_OPEN: OPEN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateOverride.to(CircuitState.HALF_OPEN))
                .withMessageContaining("HALF_OPEN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> drill().expiringIn(Duration.ZERO))
                .withMessage("expiresIn must be above zero: PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateOverride.to(CLOSED).expiringIn(TEN_SECONDS))
                .withMessage("expiresIn must not be given with CLOSED: PT10S");
    }

    private static StateOverride drill() {
        return StateOverride.to(FORCED_OPEN).because("drill").givenBy("ops").expiringIn(TEN_SECONDS);
    }
}
