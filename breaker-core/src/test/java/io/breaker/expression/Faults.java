package io.breaker.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Function;

/** Asserts what a parser says about texts that are wrong. */
public final class Faults {

    /** What is written into a valid text to spoil it: symbols, blanks, and what no text may have. */
    private static final String SPOILERS = "!&|()=,.%-+ 0aZ_$\n\r\t\"';\u0000\u00a0é\ud83d\ude00";

    private Faults() {}

    /** Asserts that a text is refused at a position; {@code problem} is the first line of the message. */
    public static void assertFault(Function<String, ?> parser, String text, int position, String problem) {
        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> parser.apply(text))
                .satisfies(fault -> {
                    assertThat(fault.getMessage().lines().findFirst()).contains(problem);
                    assertThat(fault.position()).as(problem).isEqualTo(position);
                    assertThat(fault.expression()).isEqualTo(text);
                });
    }

    /** Asserts that each text that differs from a valid one in one character gives a value or a fault in the text. */
    public static void assertSurvivesMutations(Function<String, ?> parser, String valid) {
        parser.apply(valid);
        for (int i = 0; i <= valid.length(); i++) {
            String before = valid.substring(0, i);
            String after = valid.substring(i);
            assertSurvives(parser, before);
            assertSurvives(parser, after);
            for (char spoiler : SPOILERS.toCharArray()) {
                assertSurvives(parser, before + spoiler + after);
                if (!after.isEmpty()) {
                    assertSurvives(parser, before + spoiler + after.substring(1));
                    assertSurvives(parser, before + after.substring(1));
                }
            }
        }
    }

    /** Asserts that a text gives a value or a fault in the text, and nothing else. */
    public static void assertSurvives(Function<String, ?> parser, String text) {
        try {
            assertThat(parser.apply(text)).isNotNull();
        } catch (ExpressionException fault) {
            assertThat(fault.position()).isBetween(0, text.length());
            assertThat(fault.getMessage()).hasSizeLessThan(2_000).contains("^");
        }
    }
}
