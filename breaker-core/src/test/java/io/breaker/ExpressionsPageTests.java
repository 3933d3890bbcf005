package io.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.breaker.expression.ExpressionException;
import io.breaker.testing.MarkdownPage;
import io.breaker.testing.MarkdownPage.Block;
import io.breaker.testing.MarkdownPage.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/expressions.md} against the parser: its examples, its errors and its tables. */
class ExpressionsPageTests {

    private static final MarkdownPage PAGE = MarkdownPage.of("expressions.md");

    private static final Pattern IN_YAML =
            Pattern.compile("\\b(window|tracker|tripper|cooldown|permit): (?:\"([^\"]*)\"|>\n((?: {2,}.*\n?)+))");

    private static final Pattern IN_JAVA =
            Pattern.compile("(?:\\.(window|tracker|tripper|cooldown|permit)|(T[a-z]+)\\.parse)\\(\"([^\"]*)\"");

    /** What each kind of value is read by. */
    private static final Map<String, String> TAKERS = Map.of(
            "ratio", "failureRate(%s)",
            "whole number", "minRequests(%s)",
            "number", "exponential(1s, %s)",
            "duration", "avgLatency(%s)",
            "class name", "typeOf(%s)");

    @Test
    void hasNoBlockAndNoTableThatNothingChecks() {
        String nouns = "(window|tracker|tripper|cooldown|permit)";
        assertThat(PAGE.blocks())
                .extracting(Block::info)
                .allMatch(info -> info.matches("ebnf|yaml|java|text " + nouns + "( error( httpStatus)?)?"));
        assertThat(PAGE.tables())
                .extracting(Table::header)
                .extracting(header -> header.get(0))
                .isSubsetOf("setting", "kind", "term", "written", "written without quotes");
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void showsExpressionsThatParse(ExpressionNoun noun, String text) {
        assertThatCode(() -> noun.parseDocumented(text)).doesNotThrowAnyException();
    }

    static Stream<Arguments> expressions() {
        return Stream.of(inTables(), inTextBlocks(), inYaml(), inJava()).flatMap(found -> found);
    }

    private static Stream<Arguments> inTables() {
        Stream<Arguments> examples = PAGE.tables().stream()
                .filter(table -> table.header().equals(List.of("term", "example", "meaning")))
                .flatMap(table -> table.rows().stream()
                        .map(row -> arguments(nounOf(table.section()), MarkdownPage.code(row.get(1)))));
        Stream<Arguments> defaults = PAGE.rows("setting", "says", "combines with", "default").stream()
                .map(row -> arguments(ExpressionNoun.of(MarkdownPage.code(row.get(0))), MarkdownPage.code(row.get(3))));
        return Stream.concat(examples, defaults);
    }

    private static Stream<Arguments> inTextBlocks() {
        return PAGE.blocks().stream()
                .filter(block -> block.info().matches("text \\w+"))
                .flatMap(block -> Arrays.stream(block.text().split("\n\n"))
                        .map(text -> arguments(ExpressionNoun.of(block.info().substring("text ".length())), text)));
    }

    private static Stream<Arguments> inYaml() {
        return blocks("yaml")
                .flatMap(yaml -> IN_YAML.matcher(yaml)
                        .results()
                        .map(found -> arguments(
                                ExpressionNoun.of(found.group(1)),
                                found.group(2) != null ? found.group(2) : found.group(3))));
    }

    private static Stream<Arguments> inJava() {
        return blocks("java")
                .flatMap(java -> IN_JAVA.matcher(java)
                        .results()
                        .map(found -> arguments(
                                ExpressionNoun.of(found.group(1) != null ? found.group(1) : found.group(2)),
                                found.group(3))));
    }

    private static Stream<String> blocks(String info) {
        return PAGE.blocks().stream().filter(block -> block.info().equals(info)).map(Block::text);
    }

    private static ExpressionNoun nounOf(String section) {
        return section.equals("httpStatus") ? ExpressionNoun.TRACKER : ExpressionNoun.of(section);
    }

    @Test
    void findsTheExpressionsInCode() {
        assertThat(inYaml()).hasSize(6);
        assertThat(inJava()).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource
    void namesEveryTermAndNoOther(ExpressionNoun noun) {
        List<String> documented = PAGE.tables().stream()
                .filter(table -> table.section().equals(noun.name().toLowerCase(Locale.ROOT)))
                .flatMap(table -> table.rows().stream())
                .map(row -> MarkdownPage.code(row.get(0)))
                .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(noun.names());
    }

    @Test
    void showsEachTermByAnExampleOfIt() {
        assertThat(PAGE.rows("term", "example", "meaning"))
                .allSatisfy(row -> assertThat(MarkdownPage.code(row.get(1)))
                        .matches(Pattern.quote(MarkdownPage.code(row.get(0))) + "(\\(.+\\))?"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void namesTheDefaultsAndTheOperators(ExpressionNoun noun, String operators, Object standard) {
        String one =
                noun.names().contains("all") ? "all" : noun == ExpressionNoun.TRIPPER ? "closed" : standard.toString();

        assertThat(reads(noun, one + " & " + one)).isEqualTo(operators.contains("&"));
        assertThat(reads(noun, one + " | " + one)).isEqualTo(operators.contains("|"));
        assertThat(reads(noun, "!" + one)).isEqualTo(operators.contains("!"));
        assertThat(reads(noun, "(" + one + ")")).isEqualTo(operators.contains("parentheses"));
    }

    static Stream<Arguments> settings() {
        return PAGE.rows("setting", "says", "combines with", "default").stream().map(row -> {
            ExpressionNoun noun = ExpressionNoun.of(MarkdownPage.code(row.get(0)));
            String standard = MarkdownPage.code(row.get(3));
            assertThat(noun.standard()).hasToString(standard).isEqualTo(noun.parse(standard));
            return arguments(noun, row.get(2), noun.standard());
        });
    }

    private static boolean reads(ExpressionNoun noun, String text) {
        try {
            noun.parse(text);
            return true;
        } catch (ExpressionException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void saysHowValuesAreWrittenAndHowNot(String taker, List<String> right, List<String> wrong) {
        ExpressionNoun noun = ExpressionNoun.ofTerm(taker.substring(0, taker.indexOf('(')));

        assertThat(right).isNotEmpty().allMatch(value -> reads(noun, String.format(taker, value)));
        assertThat(wrong).isNotEmpty().noneMatch(value -> reads(noun, String.format(taker, value)));
    }

    static Stream<Arguments> values() {
        return PAGE.rows("kind", "write", "not").stream()
                .map(row -> arguments(
                        Objects.requireNonNull(TAKERS.get(row.get(0)), row.get(0)),
                        MarkdownPage.codes(row.get(1)),
                        MarkdownPage.codes(row.get(2))));
    }

    @ParameterizedTest
    @MethodSource("printed")
    void saysHowExpressionsArePrinted(String written, String printed) {
        ExpressionNoun noun = ExpressionNoun.ofTerm(printed.split("\\W")[0]);

        assertThat(noun.parse(written)).hasToString(printed).isEqualTo(noun.parse(printed));
    }

    static Stream<Arguments> printed() {
        return PAGE.rows("written", "printed").stream()
                .map(row -> arguments(MarkdownPage.code(row.get(0)), MarkdownPage.code(row.get(1))));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void showsErrorsAsTheyAre(ExpressionNoun noun, String message) {
        String expression = message.split("\n")[1];

        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> noun.parse(expression))
                .withMessage(message)
                .satisfies(fault -> assertThat(message.split("\n")[2]).hasSize(fault.position() + 1));
    }

    /** Those of the starter are checked there. */
    static Stream<Arguments> errors() {
        return PAGE.blocks().stream()
                .filter(block -> block.info().endsWith(" error"))
                .map(block -> arguments(ExpressionNoun.of(block.info().split(" ")[1]), block.text()));
    }

    @Test
    void namesTheLimits() {
        assertThat(reads(ExpressionNoun.TRACKER, " ".repeat(9_997) + "all")).isTrue();
        assertThat(reads(ExpressionNoun.TRACKER, " ".repeat(9_998) + "all")).isFalse();
        assertThat(reads(ExpressionNoun.TRACKER, "!".repeat(100) + "all")).isTrue();
        assertThat(reads(ExpressionNoun.TRACKER, "!".repeat(101) + "all")).isFalse();
        assertThat(PAGE.text()).contains("at most 10 000 characters", "at most 100 deep");
    }

    @Test
    void saysThatParenthesesMayBeEmptyAndThatCaseMatters() {
        assertThat(reads(ExpressionNoun.TRIPPER, "closed()")).isTrue();
        assertThat(reads(ExpressionNoun.TRIPPER, "Closed")).isFalse();
    }
}
