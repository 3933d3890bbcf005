package io.breaker.expression;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the words of an expression say, read without the parser: so that a test does not ask the parser whether the parser
 * is right.
 *
 * @param names the names of the terms, in their order
 * @param values the values of the arguments, whatever their notation; no zero, which is a jitter nobody need write
 */
public record Meaning(List<String> names, List<Object> values) {

    private static final Pattern SIMPLE_DURATION = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)");

    private static final Pattern RATIO = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)(%?)");

    /** Reads a text whose terms have those names. */
    public static Meaning of(String text, Set<String> known) {
        List<String> names = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (String word : words(text)) {
            if (known.contains(word)) {
                names.add(word);
            } else {
                values.add(value(word));
            }
        }
        values.removeIf(Predicate.isEqual(0.0));
        return new Meaning(names, values);
    }

    /** Cuts the text at symbols and blanks, and leaves out what names an argument. */
    private static List<String> words(String text) {
        String blanked = text.codePoints()
                .map(c -> Character.isWhitespace(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return Pattern.compile("[ !&|(),]+")
                .splitAsStream(blanked.replaceAll("[^ !&|(),=]+ *= *", ""))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Object value(String word) {
        Matcher ratio = RATIO.matcher(word);
        if (ratio.matches()) {
            BigDecimal decimal = new BigDecimal(ratio.group(1));
            return decimal.scaleByPowerOfTen(ratio.group(2).isEmpty() ? 0 : -2).doubleValue() + 0.0;
        }
        Matcher duration = SIMPLE_DURATION.matcher(word);
        if (duration.matches()) {
            return simple(new BigDecimal(duration.group(1)), duration.group(2));
        }
        try {
            return Duration.parse(word);
        } catch (DateTimeException e) {
            return word;
        }
    }

    private static Duration simple(BigDecimal number, String unit) {
        int nanosDigits = unit.equals("ms") ? 6 : 9;
        int factor = unit.equals("m") ? 60 : unit.equals("h") ? 3_600 : 1;
        BigDecimal seconds = number.multiply(BigDecimal.valueOf(factor)).scaleByPowerOfTen(nanosDigits - 9);
        return Duration.ofSeconds(seconds.longValue())
                .plusNanos(seconds.remainder(BigDecimal.ONE).movePointRight(9).longValueExact());
    }
}
