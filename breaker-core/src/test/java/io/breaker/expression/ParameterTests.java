package io.breaker.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTests {

    private final Parameter only = Parameter.only("failureRate", "rate");
    private final Parameter oneOfTwo = Parameter.of("slowRate", "rate");

    @Test
    void isCalledByItsTermOrByBothNames() {
        assertRefused(() -> only.checkRatio(1.5), "failureRate must be in (0.0, 1.0]: 1.5");
        assertRefused(() -> oneOfTwo.checkRatio(1.5), "slowRate rate must be in (0.0, 1.0]: 1.5");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 0.5, 1})
    void takesRatios(double value) {
        assertThat(only.checkRatio(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.0000000000000002, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesOtherRatios(double value) {
        assertRefused(() -> only.checkRatio(value), "failureRate must be in (0.0, 1.0]: " + value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.9999999999999999})
    void takesJitters(double value) {
        assertThat(only.checkJitter(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void refusesOtherJitters(double value) {
        assertRefused(() -> only.checkJitter(value), "failureRate must be in [0.0, 1.0): " + value);
    }

    @Test
    void givesANegativeZeroTheSignOfItsText() {
        assertThat(Double.compare(only.checkJitter(-0.0), 0.0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, Double.MAX_VALUE})
    void takesMultipliers(double value) {
        assertThat(only.checkMultiplier(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.99, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesOtherMultipliers(double value) {
        assertRefused(() -> only.checkMultiplier(value), "failureRate must be at least 1 and finite: " + value);
    }

    @Test
    void takesCountsFromOneOn() {
        assertThat(only.checkCount(1)).isEqualTo(1);
        assertThat(only.checkCount(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertRefused(() -> only.checkCount(0), "failureRate must be at least 1: 0");
    }

    @Test
    void takesDurationsAboveZero() {
        assertThat(only.checkPositive(Duration.ofNanos(1))).isEqualTo(Duration.ofNanos(1));
        assertRefused(() -> only.checkPositive(Duration.ZERO), "failureRate must be above 0: 0s");
        assertRefused(() -> only.checkPositive(Duration.ofMillis(-1)), "failureRate must be above 0: -1ms");
    }

    private static void assertRefused(Runnable check, String message) {
        assertThatIllegalArgumentException().isThrownBy(check::run).withMessage(message);
    }
}
