package io.breaker.circuitbreaker.tripper;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/** Writes latencies as people say them: {@code 2.4s}, {@code 350ms}. */
final class LatencyText {

    private static final int NANOS_IN_SECONDS = 9;
    private static final int NANOS_IN_MILLIS = 6;

    /** What is measured is not more exact than this. */
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private LatencyText() {}

    static String of(Duration latency) {
        return of(BigDecimal.valueOf(latency.toSeconds())
                .movePointRight(NANOS_IN_SECONDS)
                .add(BigDecimal.valueOf(latency.toNanosPart())));
    }

    static String rounded(double nanos) {
        // A context may be live: the calls that a rule held on may have left the window by now.
        return Double.isNaN(nanos)
                ? "an unknown time"
                : of(BigDecimal.valueOf(nanos).round(THREE_DIGITS));
    }

    private static String of(BigDecimal nanos) {
        BigDecimal seconds = nanos.movePointLeft(NANOS_IN_SECONDS);
        return seconds.compareTo(BigDecimal.ONE) < 0
                ? plain(nanos.movePointLeft(NANOS_IN_MILLIS)) + "ms"
                : plain(seconds) + "s";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
