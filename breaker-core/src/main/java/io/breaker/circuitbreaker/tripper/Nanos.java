package io.breaker.circuitbreaker.tripper;

import java.time.Duration;

/** Durations as nanoseconds in a double, which a {@code long} holds for 292 years only. */
final class Nanos {

    private static final double PER_SECOND = 1e9;

    private Nanos() {}

    static double of(Duration duration) {
        return duration.toSeconds() * PER_SECOND + duration.toNanosPart();
    }
}
