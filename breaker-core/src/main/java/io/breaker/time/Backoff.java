package io.breaker.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Says how long to wait before each attempt: exponentially longer, within a limit, spread by chance. Immutable.
 *
 * @param initial the delay of attempt 0, above zero
 * @param multiplier how much longer each delay is than the one before, at least 1.0 and finite; 1.0 keeps the delay
 * @param max the longest delay, above zero; it also cuts what jitter adds, and {@code initial} where that is longer
 * @param jitter how far chance moves a delay, 0.0 (inclusive, not at all) to 1.0 (exclusive): a jitter {@code j}
 *     multiplies by a uniform draw from [1 - j, 1 + j]
 */
public record Backoff(Duration initial, double multiplier, Duration max, double jitter) {

    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Makes a backoff.
     *
     * @param initial above zero
     * @param multiplier at least 1.0 and finite
     * @param max above zero
     * @param jitter 0.0 (inclusive) to 1.0 (exclusive)
     * @throws IllegalArgumentException if a value is out of range
     */
    public Backoff {
        check(initial.compareTo(Duration.ZERO) > 0, "initial must be above 0", initial);
        check(
                multiplier >= 1 && multiplier <= Double.MAX_VALUE,
                "multiplier must be at least 1 and finite",
                multiplier);
        check(max.compareTo(Duration.ZERO) > 0, "max must be above 0", max);
        check(jitter >= 0 && jitter < 1, "jitter must be in [0.0, 1.0)", jitter);
    }

    /**
     * Tells the delay before one attempt.
     *
     * @param attempt 0 for the first delay, 1 for the second and so on; any number, since no delay exceeds {@code max}
     * @param random draws the jitter, once; not asked when {@code jitter} is 0
     * @return the delay, at least zero and at most {@code max}
     * @throws IllegalArgumentException if {@code attempt} is negative
     */
    public Duration delay(int attempt, RandomGenerator random) {
        check(attempt >= 0, "attempt must be at least 0", attempt);
        double factor = Math.pow(multiplier, attempt) * draw(random);
        // Doubles hold 15 digits: a delay that nothing scales stays exact, however long it is.
        return factor == 1.0 ? shorter(initial, max) : scaled(factor);
    }

    private double draw(RandomGenerator random) {
        return jitter == 0 ? 1.0 : 1.0 - jitter + 2.0 * jitter * random.nextDouble();
    }

    /** Multiplies in seconds as a double, which saturates at infinity where nanoseconds in a long would overflow. */
    private Duration scaled(double factor) {
        double seconds = seconds(initial) * factor;
        if (seconds >= seconds(max)) {
            return max;
        }
        long whole = (long) seconds;
        return shorter(Duration.ofSeconds(whole, Math.round((seconds - whole) * NANOS_PER_SECOND)), max);
    }

    private static double seconds(Duration duration) {
        return duration.toSeconds() + duration.toNanosPart() / NANOS_PER_SECOND;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static void check(boolean inRange, String rule, Object value) {
        if (!inRange) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }
}
