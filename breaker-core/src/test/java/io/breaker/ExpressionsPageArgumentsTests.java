package io.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.expression.Durations;
import io.breaker.expression.ExpressionException;
import io.breaker.testing.MarkdownPage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of arguments in {@code docs/expressions.md} against the parser: each value at an end of a range. */
class ExpressionsPageArgumentsTests {

    private static final MarkdownPage PAGE = MarkdownPage.of("expressions.md");

    private static final Pattern LOWER = Pattern.compile("^(?:(at least|above) )?`([^`]+)`");

    private static final Pattern UPPER = Pattern.compile("(up to|below|to) `([^`]+)`$");

    /** The arguments of the terms as the examples of the page have them, by term. */
    private static final Map<String, Map<String, String>> EXAMPLES = examples();

    /** A row of the table. */
    record Row(String term, String argument, String kind, String range, String standard) {

        boolean isList() {
            return argument.equals("one or more");
        }

        /** Reads the example with another value for this argument. */
        Object parseWith(String value) {
            return ExpressionNoun.ofTerm(term).parse(textWith(value));
        }

        String textWith(String value) {
            Map<String, String> arguments = new LinkedHashMap<>(EXAMPLES.get(term));
            arguments.put(argument, value);
            return text(term, arguments);
        }

        String textWithout() {
            Map<String, String> arguments = new LinkedHashMap<>(EXAMPLES.get(term));
            arguments.remove(argument);
            return text(term, arguments);
        }

        /** Gives the value that a range names, itself or by the name of another argument. */
        BigDecimal number(String bound) {
            String value = EXAMPLES.get(term).getOrDefault(bound, bound);
            if (kind.equals("duration")) {
                return BigDecimal.valueOf(Durations.parse(value).toNanos()).movePointLeft(6);
            }
            return value.endsWith("%")
                    ? new BigDecimal(value.substring(0, value.length() - 1)).movePointLeft(2)
                    : new BigDecimal(value);
        }

        String write(BigDecimal number) {
            return number.toPlainString() + (kind.equals("duration") ? "ms" : "");
        }

        /** Gives the smallest difference that counts, or one that is small. */
        BigDecimal step() {
            return switch (kind) {
                case "whole number" -> BigDecimal.ONE;
                case "duration" -> new BigDecimal("0.000001");
                default -> new BigDecimal("0.0001");
            };
        }
    }

    static List<Row> rows() {
        return PAGE.rows("term", "argument", "kind", "range", "default").stream()
                .map(row -> new Row(
                        MarkdownPage.code(row.get(0)),
                        row.get(1).replace("`", ""),
                        row.get(2),
                        row.get(3),
                        row.get(4).replace("`", "")))
                .toList();
    }

    static Stream<Row> ranges() {
        return rows().stream().filter(row -> !row.isList());
    }

    static Stream<Row> lists() {
        return rows().stream().filter(Row::isList);
    }

    private static Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> examples = new LinkedHashMap<>();
        for (List<String> row : PAGE.rows("term", "example", "meaning")) {
            String term = MarkdownPage.code(row.get(0));
            String example = MarkdownPage.code(row.get(1));
            List<String> parameters = rows().stream()
                    .filter(argument -> argument.term().equals(term))
                    .map(Row::argument)
                    .toList();
            if (example.contains("(") && !parameters.isEmpty()) {
                examples.put(term, arguments(example, parameters));
            }
        }
        return examples;
    }

    private static Map<String, String> arguments(String example, List<String> parameters) {
        Map<String, String> arguments = new LinkedHashMap<>();
        String[] pieces = example.substring(example.indexOf('(') + 1, example.length() - 1)
                .split(", ");
        for (int i = 0; i < pieces.length; i++) {
            int equals = pieces[i].indexOf('=');
            String name =
                    equals < 0 ? parameters.get(Math.min(i, parameters.size() - 1)) : pieces[i].substring(0, equals);
            arguments.put(name, pieces[i].substring(equals + 1));
        }
        return arguments;
    }

    private static String text(String term, Map<String, String> arguments) {
        return arguments.entrySet().stream()
                .map(argument -> argument.getKey() + "=" + argument.getValue())
                .collect(Collectors.joining(", ", term + "(", ")"));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void takesWhatIsInTheRangeAndRefusesWhatIsBelow(Row row) {
        Matcher lower = LOWER.matcher(row.range());
        assertThat(lower.find()).as(row.range()).isTrue();
        BigDecimal low = row.number(lower.group(2));
        boolean above = "above".equals(lower.group(1));

        assertTaken(row, above ? low.add(row.step()) : low);
        assertRefused(row, above ? low : low.subtract(row.step()));
        assertRefused(row, low.subtract(BigDecimal.TEN));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void takesWhatIsInTheRangeAndRefusesWhatIsAbove(Row row) {
        Matcher upper = UPPER.matcher(row.range());
        if (upper.find()) {
            BigDecimal high = row.number(upper.group(2));
            boolean below = upper.group(1).equals("below");
            assertTaken(row, below ? high.subtract(row.step()) : high);
            assertRefused(row, below ? high : high.add(row.step()));
        } else if (row.kind().equals("whole number")) {
            assertThat(PAGE.text()).contains("Whole numbers go up to " + Integer.MAX_VALUE);
            assertTaken(row, BigDecimal.valueOf(Integer.MAX_VALUE));
            assertRefused(row, BigDecimal.valueOf(Integer.MAX_VALUE + 1L));
        } else {
            assertTaken(row, BigDecimal.valueOf(1_000_000_000));
        }
    }

    private static void assertTaken(Row row, BigDecimal number) {
        assertThat(row.parseWith(row.write(number))).isNotNull();
    }

    private static void assertRefused(Row row, BigDecimal number) {
        String value = row.write(number);
        String text = row.textWith(value);
        assertThatExceptionOfType(ExpressionException.class)
                .as(text)
                .isThrownBy(() -> row.parseWith(value))
                .satisfies(fault -> assertThat(text.substring(0, fault.position()))
                        .matches(".*\\b(" + row.argument() + "|initial)="));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void namesTheDefaultOrNeedsTheArgument(Row row) {
        ExpressionNoun noun = ExpressionNoun.ofTerm(row.term());
        if (row.standard().isEmpty()) {
            assertThatExceptionOfType(ExpressionException.class)
                    .isThrownBy(() -> noun.parse(row.textWithout()))
                    .withMessageStartingWith(row.term() + " needs the argument '" + row.argument() + "'");
        } else {
            assertThat(noun.parse(row.textWithout())).isEqualTo(row.parseWith(row.standard()));
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void takesOneOrMoreThrowables(Row row) {
        ExpressionNoun noun = ExpressionNoun.ofTerm(row.term());

        assertThat(row.kind()).isEqualTo("class name");
        assertThat(row.range()).isEqualTo("a `Throwable`");
        assertThat(noun.parse(row.term() + "(java.lang.Throwable)")).isNotNull();
        assertThat(noun.parse(row.term() + "(java.io.IOException, java.lang.Error, java.lang.Exception)"))
                .isNotNull();
        assertThatExceptionOfType(ExpressionException.class).isThrownBy(() -> noun.parse(row.term() + "()"));
        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> noun.parse(row.term() + "(java.lang.String)"));
    }

    @Test
    void namesEveryArgumentInItsOrder() {
        Set<String> withArguments = new TreeSet<>();
        for (ExpressionNoun noun : ExpressionNoun.values()) {
            for (String term : noun.names()) {
                List<String> parameters = parametersOf(noun, term);
                assertThat(rows().stream()
                                .filter(row -> row.term().equals(term) && !row.isList())
                                .map(Row::argument))
                        .as(term)
                        .isEqualTo(parameters);
                withArguments.add(term);
            }
        }
        assertThat(rows()).extracting(Row::term).isSubsetOf(withArguments);
    }

    /** The parser names them itself, when it finds one that it does not know. */
    private static List<String> parametersOf(ExpressionNoun noun, String term) {
        try {
            throw new AssertionError(noun.parse(term + "(noSuchArgument=1)"));
        } catch (ExpressionException fault) {
            String known = fault.getMessage().lines().skip(3).findFirst().orElse("known names: ");
            String names = known.substring("known names: ".length());
            return names.isEmpty() ? List.of() : List.of(names.split(", "));
        }
    }
}
