package io.breaker.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text form of durations, such as {@code 60s} and {@code 250ms}. */
public final class Durations {

    private static final Pattern SIMPLE = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)?");

    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1));

    private Durations() {}

    /**
     * Writes a duration: in seconds if it is whole seconds, such as {@code 300s}, else in milliseconds, such as
     * {@code 1500ms} or {@code 0.25ms}.
     *
     * @param duration any duration
     * @return the text, which {@link #parse} reads back to an equal duration
     */
    public static String format(Duration duration) {
        if (duration.toNanosPart() == 0) {
            return duration.toSeconds() + "s";
        }
        BigDecimal millis = BigDecimal.valueOf(duration.toSeconds())
                .movePointRight(3)
                .add(BigDecimal.valueOf(duration.toNanosPart(), 6));
        return millis.stripTrailingZeros().toPlainString() + "ms";
    }

    /**
     * Reads a duration.
     *
     * @param text a decimal with the unit {@code ms}, {@code s}, {@code m} or {@code h}, such as {@code 1.5s}, or
     *     ISO-8601, such as {@code PT1.5S}
     * @return the duration, not checked for its range
     * @throws IllegalArgumentException if the text is neither, has no unit, is finer than nanoseconds or does not fit a
     *     {@link Duration}
     */
    public static Duration parse(String text) {
        Matcher simple = SIMPLE.matcher(text);
        if (!simple.matches()) {
            return parseIso(text);
        }
        String unit = simple.group(2);
        if (unit == null) {
            throw fault("a duration needs a unit, one of ms, s, m and h", text, null);
        }
        try {
            return ofNanos(
                    new BigDecimal(simple.group(1)).multiply(nanosPer(unit)).toBigIntegerExact());
        } catch (ArithmeticException e) {
            throw fault("a duration must be whole nanoseconds and at most " + Long.MAX_VALUE + "s", text, e);
        }
    }

    private static BigDecimal nanosPer(String unit) {
        return BigDecimal.valueOf(Objects.requireNonNull(UNITS.get(unit)).toNanos());
    }

    private static Duration ofNanos(BigInteger nanos) {
        BigInteger[] secondsAndRest = nanos.divideAndRemainder(NANOS_PER_SECOND);
        return Duration.ofSeconds(secondsAndRest[0].longValueExact(), secondsAndRest[1].longValueExact());
    }

    private static Duration parseIso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw fault("not a duration such as 250ms, 3s, 5m, 1h or PT3S", text, e);
        }
    }

    private static IllegalArgumentException fault(String rule, String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(rule + ": " + Quote.of(text), cause);
    }
}
