package io.breaker.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads when a text is wrong. */
class ExpressionExceptionTests {

    private static final ExpressionParser<String> PARSER = ExpressionParser.of(
            Vocabulary.<String>empty()
                    .with("failureRate", List.of("rate"), args -> String.valueOf(args.ratio("rate")))
                    .with("slowRate", List.of("rate", "threshold"), args -> "slow")
                    .with("all", "all"),
            (left, right) -> left,
            (left, right) -> left,
            operand -> operand);

    @Test
    void showsTheLineTheCaretTheKnownNamesAndTheNearest() {
        assertThat(messageOf("all & failurRate(0.5)")).isEqualTo("""
                        unknown name 'failurRate'
                        all & failurRate(0.5)
                              ^
                        known names: all, failureRate, slowRate
                        did you mean 'failureRate'?""");
    }

    @Test
    void showsTheKnownNamesWhereOneIsMissing() {
        assertThat(messageOf("all &")).isEqualTo("""
                        expected a name but found the end of the text
                        all &
                             ^
                        known names: all, failureRate, slowRate""");
    }

    @Test
    void showsTheKnownNamesOfArguments() {
        assertThat(messageOf("slowRate(0.5, treshold=3s)")).isEqualTo("""
                        unknown argument 'treshold'
                        slowRate(0.5, treshold=3s)
                                      ^
                        known names: rate, threshold
                        did you mean 'threshold'?""");
    }

    @Test
    void showsTheLineWithTheFaultAlone() {
        assertThat(messageOf("all\n  & failureRate(x)\r\n  & all")).isEqualTo("""
                        not a ratio such as 0.5 or 50%: 'x'
                          & failureRate(x)
                                        ^""");
    }

    @Test
    void showsTheLastWrittenLineWhereTheEndOfABlockIsAtFault() {
        assertThat(messageOf("all\n  & (all\n\n")).endsWith("\n  & (all\n        ^");
        assertThat(messageOf("(all  ")).endsWith("\n(all  \n      ^");
        assertThat(messageOf("\n")).contains("\n\n^\n");
    }

    @Test
    void keepsTabsAboveTheCaret() {
        assertThat(messageOf("\tall\tall")).endsWith("\n\tall\tall\n\t   \t^");
    }

    @Test
    void cutsLongLinesAroundTheFault() {
        String text = "all & ".repeat(50) + "x" + " & all".repeat(50);

        List<String> lines = messageOf(text).lines().toList();

        assertThat(lines.get(1))
                .hasSize(122)
                .startsWith("…all & all")
                .contains("all & x & all")
                .endsWith("…");
        assertThat(lines.get(1).charAt(lines.get(2).indexOf('^'))).isEqualTo('x');
    }

    @Test
    void cutsLongNames() {
        assertThat(messageOf("x".repeat(60))).startsWith("unknown name '" + "x".repeat(60) + "'\n");
        assertThat(messageOf("x".repeat(5_000))).startsWith("unknown name '" + "x".repeat(60) + "…'\n");
    }

    @ParameterizedTest
    @CsvSource({
        "failureRat, failureRate",
        "FailureRate, failureRate",
        "failRate, failureRate",
        "failureRatio, failureRate",
        "slow, slowRate",
        "al, all",
        "any, ",
        "ALL, all",
        "x, ",
        "allllll, "
    })
    void suggestsANameThatIsNear(String name, String nearest) {
        String suggestion = nearest == null ? "slowRate" : "slowRate\ndid you mean '" + nearest + "'?";

        assertThat(messageOf(name)).endsWith("known names: all, failureRate, " + suggestion);
    }

    @ParameterizedTest
    @ValueSource(strings = {"failureRate(1", "nope", "", "all all", "all;", "failureRate(1,2)"})
    void knowsItsTextAndIsAnIllegalArgument(String text) {
        ExpressionException fault = faultOf(text);

        assertThat(fault).isInstanceOf(IllegalArgumentException.class);
        assertThat(fault.expression()).isEqualTo(text);
        assertThat(fault.position()).isBetween(0, text.length());
    }

    private static String messageOf(String text) {
        return faultOf(text).getMessage();
    }

    private static ExpressionException faultOf(String text) {
        return catchThrowableOfType(ExpressionException.class, () -> PARSER.parse(text));
    }
}
