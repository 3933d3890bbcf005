package io.breaker.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breaker.testing.FixedRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTests {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    /** Throws when asked. */
    private static final RandomGenerator UNUSED = () -> {
        throw new AssertionError("no chance is involved");
    };

    /** The largest number below 1.0: what a draw comes to at most. */
    private static final double ALMOST_ONE = Math.nextDown(1.0);

    @ParameterizedTest
    @CsvSource({"0, 10000", "1, 20000", "2, 40000", "3, 80000", "4, 160000", "5, 300000", "6, 300000"})
    void growsUpToItsMax(int attempt, long millis) {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), 2, Duration.ofMinutes(5), 0);

        assertThat(backoff.delay(attempt, UNUSED)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void growsByFractions() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), 1.5, Duration.ofSeconds(3), 0);

        assertThat(backoff.delay(1, UNUSED)).isEqualTo(Duration.ofMillis(150));
        assertThat(backoff.delay(2, UNUSED)).isEqualTo(Duration.ofMillis(225));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 1_000, Integer.MAX_VALUE})
    void staysTheSameWithAMultiplierOfOne(int attempt) {
        Duration odd = Duration.ofSeconds(100_000_000_000L, 123_456_789);

        assertThat(new Backoff(odd, 1, FOREVER, 0).delay(attempt, UNUSED)).isEqualTo(odd);
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 1_023, 1_024, 1_000_000, Integer.MAX_VALUE})
    void doesNotOverflow(int attempt) {
        Duration max = Duration.ofHours(1);

        assertThat(new Backoff(Duration.ofNanos(1), 2, max, 0).delay(attempt, UNUSED))
                .isEqualTo(max);
        assertThat(new Backoff(FOREVER, Double.MAX_VALUE, FOREVER, 0.5).delay(attempt, new FixedRandom(0)))
                .isEqualTo(FOREVER);
    }

    @Test
    void cutsAnInitialDelayAboveTheMax() {
        Backoff backoff = new Backoff(Duration.ofMinutes(10), 2, Duration.ofMinutes(5), 0);

        assertThat(backoff.delay(0, UNUSED)).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({"0.0, 9000", "0.25, 9500", "0.5, 10000", "0.75, 10500"})
    void multipliesByADrawFromOneMinusToOnePlusJitter(double draw, long millis) {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), 2, Duration.ofMinutes(5), 0.1);

        assertThat(backoff.delay(0, new FixedRandom(draw))).isEqualTo(Duration.ofMillis(millis));
        assertThat(backoff.delay(1, new FixedRandom(draw))).isEqualTo(Duration.ofMillis(2 * millis));
    }

    @Test
    void reachesTheUpperEndOfItsJitter() {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), 1, FOREVER, 0.5);

        assertThat(backoff.delay(0, new FixedRandom(ALMOST_ONE))).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void neverExceedsItsMaxAfterJitter() {
        Duration max = Duration.ofSeconds(12);
        Backoff backoff = new Backoff(Duration.ofSeconds(10), 2, max, 0.9);
        RandomGenerator random = new SplittableRandom(1);

        for (int attempt = 0; attempt < 10_000; attempt++) {
            assertThat(backoff.delay(attempt, random)).isBetween(Duration.ZERO, max);
        }
    }

    @Test
    void spreadsEvenly() {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), 1, FOREVER, 0.2);
        RandomGenerator random = new SplittableRandom(1);
        int[] quarters = new int[4];

        for (int i = 0; i < 4_000; i++) {
            double seconds = backoff.delay(i, random).toNanos() / 1e9;
            assertThat(seconds).isBetween(8.0, 12.0);
            quarters[(int) (seconds - 8.0)]++;
        }

        for (int quarter : quarters) {
            assertThat(quarter).isBetween(900, 1_100);
        }
    }

    @Test
    void refusesValuesOutOfRange() {
        Duration second = Duration.ofSeconds(1);

        assertRefused(() -> new Backoff(Duration.ZERO, 2, second, 0), "initial must be above 0: PT0S");
        assertRefused(() -> new Backoff(second.negated(), 2, second, 0), "initial must be above 0: PT-1S");
        assertRefused(() -> new Backoff(second, 0.99, second, 0), "multiplier must be at least 1 and finite: 0.99");
        assertRefused(
                () -> new Backoff(second, Double.NaN, second, 0), "multiplier must be at least 1 and finite: NaN");
        assertRefused(
                () -> new Backoff(second, Double.POSITIVE_INFINITY, second, 0),
                "multiplier must be at least 1 and finite: Infinity");
        assertRefused(() -> new Backoff(second, 2, Duration.ZERO, 0), "max must be above 0: PT0S");
        assertRefused(() -> new Backoff(second, 2, second, -0.1), "jitter must be in [0.0, 1.0): -0.1");
        assertRefused(() -> new Backoff(second, 2, second, 1), "jitter must be in [0.0, 1.0): 1.0");
        assertRefused(() -> new Backoff(second, 2, second, Double.NaN), "jitter must be in [0.0, 1.0): NaN");
        assertRefused(() -> new Backoff(second, 2, second, 0).delay(-1, UNUSED), "attempt must be at least 0: -1");
    }

    @Test
    void takesValuesAtTheirLimits() {
        Duration nano = Duration.ofNanos(1);

        assertThat(new Backoff(nano, 1, nano, Math.nextDown(1.0)).delay(0, new FixedRandom(0.5)))
                .isEqualTo(nano);
    }

    private static void assertRefused(Runnable code, String message) {
        assertThatIllegalArgumentException().isThrownBy(code::run).withMessage(message);
    }
}
