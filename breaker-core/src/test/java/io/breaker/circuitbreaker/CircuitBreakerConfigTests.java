package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breaker.testing.LogCapture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerConfigTests {

    @Test
    void hasTheDefaultsOfTheContract() {
        CircuitBreakerConfig config = CircuitBreakerConfig.ofDefaults();

        assertThat(config.window()).hasToString("count(100)");
        assertThat(config.tracker()).hasToString("all");
        assertThat(config.tripper())
                .hasToString("(closed & minRequests(20) & failureRate(0.5)) | (halfOpened & failureRate(0.5))");
        assertThat(config.cooldown()).hasToString("fixed(60s)");
        assertThat(config.permit()).hasToString("concurrent(3)");
        assertThat(config.successThreshold()).isEqualTo(3);
        assertThat(config.probeTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.untracked()).isEqualTo(Untracked.IGNORE);
        assertThat(config.resultTracker()).isEmpty();
        assertThat(config.measureLatency()).isTrue();
        assertThat(config.initialState()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aBuilderMadeOfASettingKeepsAllOthersAndChangesNothingThere() {
        CircuitBreakerConfig config = CircuitBreakerConfig.builder()
                .window("time(10s)")
                .tracker("typeOf(java.io.IOException)")
                .tripper("failureStreak(3)")
                .cooldown("none")
                .permit("all")
                .successThreshold(7)
                .probeTimeout(Duration.ZERO)
                .untracked(Untracked.SUCCESS)
                .resultTracker(value -> false)
                .measureLatency(false)
                .initialState(CircuitState.DISABLED)
                .build();

        CircuitBreakerConfig copy = config.toBuilder().build();
        CircuitBreakerConfig.Builder other = config.toBuilder().successThreshold(1);

        assertThat(copy).hasToString(config.toString());
        assertThat(copy.resultTracker()).isEqualTo(config.resultTracker());
        assertThat(other.build().successThreshold()).isEqualTo(1);
        assertThat(config.successThreshold()).isEqualTo(7);
    }

    @Test
    void refusesAMinimumAboveTheCountWindowWithBothNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CircuitBreakerConfig.builder()
                        .window("count(20)")
                        .tripper("failureStreak(3) | (minRequests(50) & failureRate(0.5))")
                        .build())
                .withMessage("minRequests(50) can never hold: the window count(20) holds at most 20 calls");
        CircuitBreakerConfig.builder()
                .window("count(50)")
                .tripper("minRequests(50)")
                .build();
        CircuitBreakerConfig.builder()
                .window("time(1s)")
                .tripper("minRequests(50)")
                .build();
    }

    @Test
    void refusesALatencyRuleWithoutLatencies() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CircuitBreakerConfig.builder()
                        .tripper("!slowRate(0.5, 3s)")
                        .measureLatency(false)
                        .build())
                .withMessage("measureLatency must be true for a tripper with a latency rule: !slowRate(0.5, 3s)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CircuitBreakerConfig.builder()
                        .tripper("avgLatency(3s)")
                        .measureLatency(false)
                        .build());
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CircuitBreakerConfig.builder().successThreshold(0))
                .withMessage("successThreshold must be at least 1: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CircuitBreakerConfig.builder().probeTimeout(Duration.ofSeconds(-1)))
                .withMessage("probeTimeout must not be negative: PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CircuitBreakerConfig.builder().initialState(CircuitState.OPEN))
                .withMessage("initialState must be CLOSED, METRICS_ONLY, DISABLED or FORCED_OPEN: OPEN");
    }

    @Test
    void warnsOfATripperThatWouldProbeADeadServiceForEver() {
        try (LogCapture log = LogCapture.of(CircuitBreakerConfig.class)) {
            CircuitBreakerConfig.builder().tripper("closed & failureRate(0.5)").build();

            assertThat(log.messages())
                    .containsExactly("the tripper closed & failureRate(0.5) can never hold in HALF_OPEN:"
                            + " a service that stays down is probed for ever");
        }
    }

    @Test
    void warnsOfATripperThatNeverOpens() {
        try (LogCapture log = LogCapture.of(CircuitBreakerConfig.class)) {
            CircuitBreakerConfig.builder()
                    .tripper("halfOpened & failureRate(0.5)")
                    .build();

            assertThat(log.messages())
                    .containsExactly(
                            "the tripper halfOpened & failureRate(0.5) can never hold in CLOSED: it never opens");
        }
    }

    @Test
    void saysNothingOfATripperThatHoldsWhereItMust() {
        try (LogCapture log = LogCapture.of(CircuitBreakerConfig.class)) {
            CircuitBreakerConfig.ofDefaults();

            assertThat(log.messages()).isEmpty();
        }
    }
}
