package io.breaker.expression;

import static io.breaker.expression.Faults.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grammar, over terms that stand for their own text. */
class ExpressionParserTests {

    private static final Vocabulary<String> VOCABULARY = Vocabulary.<String>empty()
            .with("a", "a")
            .with("b", "b")
            .with("c", "c")
            .with("pair", List.of("left", "right"), args -> args.ratio("left") + ":" + args.ratio("right", 9))
            .withList("list", args -> String.join(":", args.words()));

    private static final ExpressionParser<String> PARSER = ExpressionParser.of(
            VOCABULARY,
            (left, right) -> "(" + left + " and " + right + ")",
            (left, right) -> "(" + left + " or " + right + ")",
            operand -> "not " + operand);

    private static final Function<String, ?> PARSE = PARSER::parse;

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "a > a",
                "a & b > (a and b)",
                "a&b&c > ((a and b) and c)",
                "a | b | c > ((a or b) or c)",
                "!a & b > (not a and b)",
                "!(a & b) > not (a and b)",
                "! ! a > not not a",
                "(a & b) | c > ((a and b) or c)",
                "a & (b | c) > (a and (b or c))",
                "((a)) > a",
                "a() > a",
                "pair(0.5) > 0.5:9.0",
                "pair(0.5, 25%) > 0.5:0.25",
                "pair(right=1,left=2) > 2.0:1.0",
                "pair(1, right=2) > 1.0:2.0",
                "list(5xx, 429, a.b$C, -1.5e+3) > 5xx:429:a.b$C:-1.5e+3"
            })
    void readsTermsJoinedByOperators(String text, String value) {
        assertThat(PARSER.parse(text)).isEqualTo(value);
    }

    @Test
    void takesBlanksAndLineBreaksForSeparators() {
        assertThat(PARSER.parse("\n  a\r\n\t& pair ( left = 1 ,\n right = 2 )\n"))
                .isEqualTo("(a and 1.0:2.0)");
    }

    @Nested
    class Operators {

        @ParameterizedTest
        @CsvSource({"a & b | c, 6", "a | b & c, 6", "(a & b | c), 7", "!a | b | c & a, 11"})
        void mayNotBeMixedOnOneLevel(String text, int position) {
            assertFault(PARSE, text, position, "'&' and '|' stand on one level: put parentheses around one of them");
        }

        @Test
        void needAnOperandOnEachSide() {
            assertFault(PARSE, "& a", 0, "expected a name but found '&'");
            assertFault(PARSE, "a &", 3, "expected a name but found the end of the text");
            assertFault(PARSE, "a & ", 4, "expected a name but found the end of the text");
            assertFault(PARSE, "a && b", 3, "expected a name but found '&'");
            assertFault(PARSE, "a | )", 4, "expected a name but found ')'");
            assertFault(PARSE, "a !", 2, "unexpected '!' after the end of the expression");
            assertFault(PARSE, "!", 1, "expected a name but found the end of the text");
        }

        @Test
        void areRefusedWhereOneTermStandsAlone() {
            Function<String, ?> parse = ExpressionParser.of(VOCABULARY)::parse;
            String rest = " cannot be used here: only one term may stand here, without operators";

            assertThat(parse.apply("pair(1)")).isEqualTo("1.0:9.0");
            assertFault(parse, "a & b", 2, "'&'" + rest);
            assertFault(parse, "a | b", 2, "'|'" + rest);
            assertFault(parse, "!a", 0, "'!'" + rest);
            assertFault(parse, "(a)", 0, "'('" + rest);
        }

        @Test
        void areRefusedWhereTheyMakeNoSense() {
            Function<String, ?> parse = ExpressionParser.of(VOCABULARY, String::concat)::parse;
            String rest = " cannot be used here: only '&' and parentheses combine";

            assertThat(parse.apply("a & (b & c)")).isEqualTo("abc");
            assertFault(parse, "a | b", 2, "'|'" + rest);
            assertFault(parse, "a & b | c", 6, "'|'" + rest);
            assertFault(parse, "a & !b", 4, "'!'" + rest);
        }
    }

    @Nested
    class Ends {

        @Test
        void areWhereSomethingIsMissing() {
            assertFault(PARSE, "", 0, "expected a name but found the end of the text");
            assertFault(PARSE, "  ", 2, "expected a name but found the end of the text");
            assertFault(PARSE, "(a", 2, "expected ')' but found the end of the text");
            assertFault(PARSE, "((a)", 4, "expected ')' but found the end of the text");
            assertFault(PARSE, "pair(1", 6, "expected ',' or ')' but found the end of the text");
            assertFault(PARSE, "pair(", 5, "expected a value but found the end of the text");
            assertFault(PARSE, "pair(1,", 7, "expected a value but found the end of the text");
            assertFault(PARSE, "pair(left=", 10, "expected a value but found the end of the text");
        }

        @Test
        void areWhereSomethingIsTooMuch() {
            assertFault(PARSE, "a b", 2, "unexpected 'b' after the end of the expression");
            assertFault(PARSE, "a)", 1, "unexpected ')' after the end of the expression");
            assertFault(PARSE, "a & b , c", 6, "unexpected ',' after the end of the expression");
            assertFault(PARSE, "pair(1)(2)", 7, "unexpected '(' after the end of the expression");
            assertFault(PARSE, "(a b)", 3, "expected ')' but found 'b'");
            assertFault(PARSE, "()", 1, "expected a name but found ')'");
        }
    }

    @Nested
    class Names {

        @Test
        void mustBeKnown() {
            assertFault(PARSE, "a & pear(1)", 4, "unknown name 'pear'");
            assertFault(PARSE, "A", 0, "unknown name 'A'");
            assertFault(PARSE, "0.5", 0, "unknown name '0.5'");
        }

        @Test
        void mayNotHaveForeignCharacters() {
            assertFault(PARSE, "a;", 1, "unexpected character ';'");
            assertFault(PARSE, "a & \"b\"", 4, "unexpected character '\"'");
            assertFault(PARSE, "a\u0000", 1, "unexpected character U+0000");
            assertFault(PARSE, "\u00a0a", 0, "unexpected character U+00A0");
            assertFault(PARSE, "a \ud83d\ude00", 2, "unexpected character '\ud83d\ude00'");
            assertFault(PARSE, "a \ud83d", 2, "unexpected character U+D83D");
        }
    }

    @Nested
    class Arguments {

        @Test
        void mustNotBeMissing() {
            assertFault(PARSE, "pair", 4, "pair needs the argument 'left'");
            assertFault(PARSE, "pair & a", 5, "pair needs the argument 'left'");
            assertFault(PARSE, "(pair)", 5, "pair needs the argument 'left'");
            assertFault(PARSE, "pair()", 5, "pair needs the argument 'left'");
            assertFault(PARSE, "pair(right=1)", 12, "pair needs the argument 'left'");
            assertFault(PARSE, "list", 4, "list needs at least one argument");
            assertFault(PARSE, "list()", 5, "list needs at least one argument");
        }

        @Test
        void mustNotBeTooMany() {
            assertFault(PARSE, "a(1)", 2, "a takes no arguments");
            assertFault(PARSE, "pair(1, 2, 3, 4)", 11, "pair takes no more than 2");
        }

        @Test
        void mustHaveKnownNames() {
            assertFault(PARSE, "pair(lift=1)", 5, "unknown argument 'lift'");
            assertFault(PARSE, "pair(1, up=1)", 8, "unknown argument 'up'");
            assertFault(PARSE, "a(left=1)", 2, "a takes no named arguments");
            assertFault(PARSE, "list(x, left=1)", 8, "list takes no named arguments");
        }

        @Test
        void mustNotBeGivenTwice() {
            assertFault(PARSE, "pair(left=1, left=2)", 13, "argument 'left' is given twice");
            assertFault(PARSE, "pair(1, left=2)", 8, "argument 'left' is given twice");
        }

        @Test
        void haveNamesOnceOneHasAName() {
            assertFault(PARSE, "pair(left=1, 2)", 13, "an argument without name may not follow one with name");
        }

        @Test
        void areSingleWords() {
            assertFault(PARSE, "pair(a(1))", 6, "expected ',' or ')' but found '('");
            assertFault(PARSE, "pair(1 2)", 7, "expected ',' or ')' but found '2'");
            assertFault(PARSE, "pair(, 2)", 5, "expected a value but found ','");
            assertFault(PARSE, "pair(1,)", 7, "expected a value but found ')'");
            assertFault(PARSE, "pair(left=)", 10, "expected a value but found ')'");
            assertFault(PARSE, "pair(left==1)", 10, "expected a value but found '='");
            assertFault(PARSE, "pair(!1)", 5, "expected a value but found '!'");
        }
    }
}
