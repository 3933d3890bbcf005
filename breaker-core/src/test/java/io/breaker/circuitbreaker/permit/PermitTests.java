package io.breaker.circuitbreaker.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.breaker.testing.FixedRandom;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermitTests {

    private static final Duration MINUTE = Duration.ofSeconds(60);

    /** The largest number below 1.0: what a draw comes to at most. */
    private static final double ALMOST_ONE = Math.nextDown(1.0);

    /** Throws when asked. */
    private static final RandomGenerator UNUSED = () -> {
        throw new AssertionError("no chance is involved");
    };

    @Test
    void admitsThreeAtOneTimeByDefault() {
        assertThat(Permit.DEFAULT).isEqualTo(Permit.concurrent(3));
        assertThat(admitsBeside(2, Permit.DEFAULT)).isTrue();
        assertThat(admitsBeside(3, Permit.DEFAULT)).isFalse();
    }

    @Test
    void admitsAllCalls() {
        assertThat(admitsBeside(1_000_000, Permit.all())).isTrue();
    }

    @Test
    void admitsOneAtATime() {
        assertThat(admitsBeside(0, Permit.concurrent(1))).isTrue();
        assertThat(admitsBeside(1, Permit.concurrent(1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.0, true", "0.2999, true", "0.3, false", "0.9, false"})
    void admitsByChanceWhatIsDrawnBelowTheRatio(double draw, boolean admitted) {
        assertThat(admits(Permit.random(0.3), Duration.ZERO, draw)).isEqualTo(admitted);
    }

    @Test
    void admitsEveryCallWithAChanceOfOne() {
        assertThat(admits(Permit.random(1.0), Duration.ZERO, ALMOST_ONE)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 0.1", "15000, 0.325", "30000, 0.55", "45000, 0.775", "60000, 1.0", "3600000, 1.0"})
    void rampsUpEvenly(long elapsedMillis, double ratio) {
        Permit permit = Permit.rampUp(0.1, 1.0, MINUTE);
        Duration elapsed = Duration.ofMillis(elapsedMillis);

        assertThat(admits(permit, elapsed, ratio - 0.0001)).isTrue();
        assertThat(admits(permit, elapsed, Math.min(ratio + 0.0001, ALMOST_ONE)))
                .isEqualTo(ratio == 1.0);
    }

    @Test
    void staysAtItsFinalRatio() {
        Permit permit = Permit.rampUp(0.2, 0.5, MINUTE);

        assertThat(admits(permit, MINUTE.plusHours(1), 0.4999)).isTrue();
        assertThat(admits(permit, MINUTE.plusHours(1), 0.5)).isFalse();
    }

    @Test
    void reachesItsFinalRatioExactly() {
        // 0.05 + (0.21 - 0.05) comes to a hair less than 0.21.
        assertThat(admits(Permit.rampUp(0.05, 0.21, MINUTE), MINUTE, Math.nextDown(0.21)))
                .isTrue();
    }

    @Test
    void mayRampUpWithoutARise() {
        assertThat(admits(Permit.rampUp(0.5, 0.5, MINUTE), Duration.ofSeconds(30), 0.4999))
                .isTrue();
        assertThat(admits(Permit.rampUp(0.5, 0.5, MINUTE), Duration.ofSeconds(30), 0.5))
                .isFalse();
    }

    @Test
    void rampsUpOverAnyTime() {
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);

        assertThat(admits(Permit.rampUp(0.1, 1.0, ages), ages.dividedBy(2), 0.54))
                .isTrue();
        assertThat(admits(Permit.rampUp(0.1, 1.0, ages), ages.dividedBy(2), 0.56))
                .isFalse();
        assertThat(admits(Permit.rampUp(0.1, 1.0, Duration.ofNanos(2)), Duration.ofNanos(1), 0.54))
                .isTrue();
        assertThat(admits(Permit.rampUp(0.1, 1.0, Duration.ofMillis(1_500)), Duration.ofMillis(750), 0.56))
                .isFalse();
    }

    @Test
    void admitsWhatEveryPartAdmits() {
        Permit permit = Permit.random(0.5).and(Permit.concurrent(2)).and(Permit.all());

        assertThat(permit.admits(PermitContext.of(Duration.ZERO, 1, new FixedRandom(0.4))))
                .isTrue();
        assertThat(permit.admits(PermitContext.of(Duration.ZERO, 2, new FixedRandom(0.4))))
                .isFalse();
        assertThat(permit.admits(PermitContext.of(Duration.ZERO, 1, new FixedRandom(0.5))))
                .isFalse();
    }

    @Test
    void asksTheOtherOnlyWhereItDecides() {
        Permit broken = context -> {
            throw new IllegalStateException("asked");
        };

        assertThat(admitsBeside(3, Permit.concurrent(3).and(broken))).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> admitsBeside(2, Permit.concurrent(3).and(broken)));
    }

    @Test
    void keepsTheCircuitHalfOpenForTheLongestRamp() {
        Permit ramp = Permit.rampUp(0.1, 1.0, MINUTE);

        assertThat(Permit.concurrent(3).ramp()).isZero();
        assertThat(ramp.ramp()).isEqualTo(MINUTE);
        assertThat(Permit.all().and(ramp).ramp()).isEqualTo(MINUTE);
        assertThat(ramp.and(Permit.rampUp(0.1, 1.0, MINUTE.plusSeconds(1))).ramp())
                .isEqualTo(MINUTE.plusSeconds(1));
        assertThat(Permit.named("slowly", ramp).ramp()).isEqualTo(MINUTE);
    }

    @Test
    void isEqualHoweverItIsGrouped() {
        Permit one = Permit.concurrent(1);
        Permit half = Permit.random(0.5);

        assertThat(one.and(half).and(Permit.all()))
                .isEqualTo(one.and(half.and(Permit.all())))
                .isNotEqualTo(half.and(one).and(Permit.all()));
    }

    @Test
    void doesUnderANameWhatItDoesWithoutOne() {
        Permit named = Permit.named("single", Permit.concurrent(1));

        assertThat(admitsBeside(0, named)).isTrue();
        assertThat(admitsBeside(1, named)).isFalse();
        assertThat(named).hasToString("single").isEqualTo(Permit.named("single", Permit.concurrent(1)));
    }

    private static boolean admitsBeside(int inFlight, Permit permit) {
        return permit.admits(PermitContext.of(Duration.ZERO, inFlight, UNUSED));
    }

    private static boolean admits(Permit permit, Duration elapsed, double draw) {
        return permit.admits(PermitContext.of(elapsed, 0, new FixedRandom(draw)));
    }
}
