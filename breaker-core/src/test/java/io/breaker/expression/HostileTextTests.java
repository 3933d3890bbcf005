package io.breaker.expression;

import static io.breaker.expression.Faults.assertFault;
import static io.breaker.expression.Faults.assertSurvives;
import static io.breaker.expression.Faults.assertSurvivesMutations;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextTests {

    private static final String TOO_DEEP = "'!' and parentheses are nested more than 100 deep";
    private static final String TOO_LONG = "the text is longer than 10000 characters";

    private static final Function<String, ?> PARSE = ExpressionParser.of(
            Vocabulary.<String>empty()
                    .with("a", "a")
                    .with("wait", List.of("time"), args -> args.duration("time").toString())
                    .with("count", List.of("n"), args -> String.valueOf(args.integer("n")))
                    .with("ratio", List.of("r"), args -> String.valueOf(args.ratio("r"))),
            (left, right) -> "a",
            (left, right) -> "a",
            operand -> operand)::parse;

    @Test
    void nestsAHundredDeep() {
        assertThat(PARSE.apply("(".repeat(100) + "a" + ")".repeat(100))).isEqualTo("a");
        assertThat(PARSE.apply("!".repeat(100) + "a")).isEqualTo("a");
    }

    @Test
    void nestsNoDeeper() {
        assertFault(PARSE, "(".repeat(101) + "a" + ")".repeat(101), 100, TOO_DEEP);
        assertFault(PARSE, "!".repeat(101) + "a", 100, TOO_DEEP);
        assertFault(PARSE, "!(".repeat(60), 100, TOO_DEEP);
        assertFault(PARSE, "a & " + "(".repeat(5_000), 104, TOO_DEEP);
    }

    @Test
    void countsDepthAndNotParentheses() {
        assertThat(PARSE.apply("(a) & ".repeat(1_000) + "!(a)")).isEqualTo("a");
    }

    @Test
    void readsTenThousandCharacters() {
        assertThat(PARSE.apply("a&".repeat(4_999) + " a")).isEqualTo("a");
        assertFault(PARSE, "a&".repeat(5_000) + "a", 10_000, TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "!", ")", "a", " ", "&", "a&", "(a)&", "a(", "a(a,", "\n", "é", "\u0000", "\ud83d\ude00"})
    void refusesWhatIsLong(String piece) {
        assertFault(PARSE, piece.repeat(100_000), 10_000, TOO_LONG);
        assertFault(PARSE, piece.repeat(1_048_576 / piece.length()), 10_000, TOO_LONG);
        assertSurvives(PARSE, piece.repeat(10_000 / piece.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "1.", "-", "%", "s", "P", "a.", "0.0", "99h", "5%"})
    void refusesOrReadsLongValues(String piece) {
        String value = piece.repeat(9_000 / piece.length());

        for (String text : List.of("wait(%s)", "wait(%ss)", "wait(PT%sS)", "count(%s)", "ratio(%s)", "ratio(%s%%)")) {
            assertSurvives(PARSE, String.format(text, value));
        }
    }

    @Test
    void survivesEveryChangeOfOneCharacter() {
        assertSurvivesMutations(PARSE, "!a & (wait(time=250ms) | !(count(3) & wait(PT1.5S)))\n& ratio(r = 50%)");
    }

    @Test
    void survivesRandomTexts() {
        String alphabet = "aaawaitcountratio()()&|!,=0123456789.%smhPT-+ \n\t\"é\u0000\ud83d\ude00";
        Random random = new Random(1);

        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int j = 0; j < length; j++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertSurvives(PARSE, text.toString());
        }
    }
}
