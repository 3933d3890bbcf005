package io.breaker.circuitbreaker;

import io.breaker.expression.Durations;
import java.time.Duration;

/** Durations as the nanoseconds that the call path computes with. */
final class Nanos {

    private Nanos() {}

    /** Converts; what is longer than a {@code long} can say (292 years) becomes {@link Long#MAX_VALUE}. */
    static long of(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Writes nanoseconds as expressions do: {@code 5s}, {@code 250ms}. */
    static String format(long nanos) {
        return Durations.format(Duration.ofNanos(nanos));
    }
}
