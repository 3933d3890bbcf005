package io.breaker.expression;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The text form of numbers: plain decimals without exponent. */
public final class Decimals {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private static final String NO_INTEGER = "not a whole number up to " + Integer.MAX_VALUE;

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

    private Decimals() {}

    /**
     * Writes a ratio with at least one decimal place, such as {@code 0.5} or {@code 1.0}.
     *
     * @param ratio the ratio, finite
     * @return the shortest decimal that reads back to the same number
     */
    public static String formatRatio(double ratio) {
        BigDecimal decimal = shortest(ratio);
        return (decimal.scale() < 1 ? decimal.setScale(1) : decimal).toPlainString();
    }

    /**
     * Writes a number with as few decimal places as it needs, such as {@code 2} or {@code 1.5}.
     *
     * @param number the number, finite
     * @return the shortest decimal that reads back to the same number
     */
    public static String format(double number) {
        BigDecimal decimal = shortest(number);
        return (decimal.scale() < 0 ? decimal.setScale(0) : decimal).toPlainString();
    }

    /**
     * Reads a ratio, written as a decimal or in percent.
     *
     * @param text such as {@code 0.5} or {@code 50%}
     * @return the ratio, not checked for its range
     * @throws IllegalArgumentException if the text is neither
     */
    public static double parseRatio(String text) {
        boolean percent = text.endsWith("%");
        String digits = percent ? text.substring(0, text.length() - 1) : text;
        require(DECIMAL.matcher(digits).matches(), "not a ratio such as 0.5 or 50%", text);
        // Decimal arithmetic: 0.29 and 29% must be one number, and 29 / 100.0 is exact only by luck.
        BigDecimal decimal = new BigDecimal(digits);
        return (percent ? decimal.movePointLeft(2) : decimal).doubleValue();
    }

    /**
     * Reads a number.
     *
     * @param text such as {@code 2} or {@code 1.5}
     * @return the number; infinite if it is too large for a double
     * @throws IllegalArgumentException if the text is no decimal
     */
    public static double parse(String text) {
        require(DECIMAL.matcher(text).matches(), "not a number such as 2 or 1.5", text);
        return Double.parseDouble(text);
    }

    /**
     * Reads a whole number.
     *
     * @param text such as {@code 20}, in the digits 0 to 9
     * @return the number
     * @throws IllegalArgumentException if the text is no whole number or does not fit an {@code int}
     */
    public static int parseInteger(String text) {
        // Java alone would also take "+20" and the digits of every script, which no other number here may have.
        require(INTEGER.matcher(text).matches(), NO_INTEGER, text);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(problem(NO_INTEGER, text), e);
        }
    }

    private static BigDecimal shortest(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros();
    }

    private static void require(boolean condition, String rule, String text) {
        if (!condition) {
            throw new IllegalArgumentException(problem(rule, text));
        }
    }

    private static String problem(String rule, String text) {
        return rule + ": " + Quote.of(text);
    }
}
