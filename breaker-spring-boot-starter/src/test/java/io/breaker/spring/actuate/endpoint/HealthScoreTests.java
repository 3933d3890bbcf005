package io.breaker.spring.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitSnapshot;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.window.CallStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HealthScoreTests {

    private static final Optional<Duration> UNKNOWN = Optional.empty();

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "FORCED_OPEN"})
    void isZeroWhileTheBreakerIsOpen(CircuitState state) {
        assertThat(scoreOf(state, 0, 0, UNKNOWN, UNKNOWN)).isZero();
        assertThat(scoreOf(state, 10, 0, UNKNOWN, UNKNOWN)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"OPEN", "FORCED_OPEN"},
            mode = EnumSource.Mode.EXCLUDE)
    void isOneHundredWithoutCalls(CircuitState state) {
        assertThat(scoreOf(state, 0, 0, UNKNOWN, Optional.of(Duration.ofSeconds(9))))
                .isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        // failed of 10 calls, mean latency in ms, score
        "0, 0, 100",
        "0, 2500, 85",
        "0, 5000, 70",
        "0, 60000, 70",
        "10, 0, 30",
        "10, 5000, 0",
        "5, 1000, 59",
        "1, 120, 92"
    })
    void givesSeventyPointsForSuccessAndThirtyForSpeed(long failed, long millis, int score) {
        Optional<Duration> mean = Optional.of(Duration.ofMillis(millis));

        assertThat(scoreOf(CircuitState.CLOSED, 10, failed, mean, UNKNOWN)).isEqualTo(score);
    }

    @Test
    void takesTheMeanOfTheWindowWhereItIsKnownElseThatOfTheWholeLife() {
        Optional<Duration> slow = Optional.of(Duration.ofSeconds(5));
        Optional<Duration> fast = Optional.of(Duration.ZERO);

        assertThat(scoreOf(CircuitState.CLOSED, 1, 0, fast, slow)).isEqualTo(100);
        assertThat(scoreOf(CircuitState.CLOSED, 1, 0, slow, fast)).isEqualTo(70);
        assertThat(scoreOf(CircuitState.CLOSED, 1, 0, UNKNOWN, slow)).isEqualTo(70);
        assertThat(scoreOf(CircuitState.CLOSED, 1, 0, UNKNOWN, UNKNOWN)).isEqualTo(100);
    }

    private static int scoreOf(
            CircuitState state, long total, long failed, Optional<Duration> windowMean, Optional<Duration> lifeMean) {
        return HealthScore.of(new CircuitSnapshot(
                state,
                Instant.EPOCH,
                0,
                Optional.empty(),
                new CallStats(total, failed, new TreeMap<>(), windowMean),
                new CallTotals(0, 0, 0, 0, Duration.ZERO, Duration.ZERO, lifeMean),
                0,
                0,
                false));
    }
}
