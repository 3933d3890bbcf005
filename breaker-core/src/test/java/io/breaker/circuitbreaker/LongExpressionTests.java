package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.cooldown.Cooldown;
import io.breaker.circuitbreaker.permit.Permit;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.circuitbreaker.window.Window;
import io.breaker.expression.ExpressionException;
import io.breaker.expression.Faults;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text of any length or depth overflows the stack or takes long, whichever noun it is read as. */
@Timeout(60)
class LongExpressionTests {

    private static final int MEGABYTE = 1 << 20;

    /** As many characters as the parser looks at. */
    private static final int READ = 10_000;

    private static final List<Function<String, ?>> PARSERS =
            List.of(Window::parse, Tracker::parse, Tripper::parse, Cooldown::parse, Permit::parse);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "!",
                "!(",
                "closed & ",
                "(closed) | ",
                "all & ",
                "!all | ",
                "all(",
                "fixed(",
                "typeOf(a,",
                "9",
                "failureRate(9",
                "\n",
                "=",
                "é"
            })
    void aMegabyteIsAFaultAndWhatIsJustShortEnoughAFaultOrAValue(String piece) {
        for (Function<String, ?> parser : PARSERS) {
            assertTooLong(parser, piece.repeat(MEGABYTE / piece.length()));
            Faults.assertSurvives(parser, piece.repeat(READ / piece.length()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minRequests(%s)",
                "failureRate(0.%s)",
                "failureRate(%s%%)",
                "avgLatency(%ss)",
                "avgLatency(PT%sS)",
                "avgLatency(0.%sms)"
            })
    void aMegabyteOfDigitsIsAFaultAndThousandsAFaultOrAValue(String form) {
        for (String digit : List.of("0", "9")) {
            assertTooLong(Tripper::parse, String.format(form, digit.repeat(MEGABYTE)));
            Faults.assertSurvives(Tripper::parse, String.format(form, digit.repeat(READ - 30)));
        }
    }

    @Test
    void aWideExpressionIsAValueAsLongAsItIsShortEnough() {
        int parts = READ / "closed & ".length();
        String wide = "closed & ".repeat(parts - 1) + "closed";

        Tripper tripper = Tripper.parse(wide);

        assertThat(tripper).hasToString(wide);
        assertThat(Tripper.parse(tripper.text())).isEqualTo(tripper).hasSameHashCodeAs(tripper);
    }

    @Test
    void aDeepExpressionIsAValueAsLongAsItIsFlatEnough() {
        String deep = "!(closed | !(halfOpened & ".repeat(25) + "closed" + "))".repeat(25);

        Tripper tripper = Tripper.parse(deep);

        assertThat(tripper).hasToString(deep);
        assertThat(Tripper.parse(tripper.text())).isEqualTo(tripper).hasSameHashCodeAs(tripper);
    }

    private static void assertTooLong(Function<String, ?> parser, String text) {
        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> parser.apply(text))
                .satisfies(fault -> {
                    assertThat(fault.position()).isEqualTo(READ);
                    assertThat(fault).message().startsWith("the text is longer than 10000 characters\n");
                    assertThat(fault.getMessage()).hasSizeLessThan(500).containsPattern("\n *\\^$");
                });
    }
}
