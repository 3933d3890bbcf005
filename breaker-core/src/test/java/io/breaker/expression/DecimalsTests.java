package io.breaker.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTests {

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "1.0, 1.0", "0, 0.0", "0.29, 0.29", "0.00001, 0.00001", "100, 100.0", "1.25e-7, 0.000000125"
    })
    void writesRatiosWithADecimalPlaceAndWithoutExponent(double ratio, String text) {
        assertThat(Decimals.formatRatio(ratio)).isEqualTo(text);
        assertThat(Decimals.parseRatio(text)).isEqualTo(ratio);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "1.5, 1.5", "100, 100", "1e7, 10000000", "0, 0", "1.0001, 1.0001"})
    void writesNumbersAsShortAsTheyAre(double number, String text) {
        assertThat(Decimals.format(number)).isEqualTo(text);
        assertThat(Decimals.parse(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"50%, 0.5", "100%, 1.0", "29%, 0.29", "0.1%, 0.001", "7%, 0.07", "-5%, -0.05", "150%, 1.5", "1, 1.0"})
    void readsPercentAsTheVeryDecimal(String text, double ratio) {
        assertThat(Decimals.parseRatio(text)).isEqualTo(ratio);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "5%%", ".5", "5.", "1e-3", "NaN", "0x1p3", "1_0", "+1", "1,5", "٣", " 1"})
    void refusesWhatIsNoDecimal(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decimals.parseRatio(text))
                .withMessage("not a ratio such as 0.5 or 50%: '" + text + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decimals.parse(text))
                .withMessage("not a number such as 2 or 1.5: '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+20", "٢٠", "２０", "2٠", "2.0", "2e1", "0x10", " 20", "2147483648"})
    void refusesWhatIsNoWholeNumber(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decimals.parseInteger(text))
                .withMessage("not a whole number up to 2147483647: '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"20, 20", "0020, 20", "-5, -5", "2147483647, 2147483647"})
    void readsWholeNumbersOfPlainDigits(String text, int number) {
        assertThat(Decimals.parseInteger(text)).isEqualTo(number);
    }

    @Test
    void takesPercentForARatioOnly() {
        assertThatIllegalArgumentException().isThrownBy(() -> Decimals.parse("50%"));
        assertThatIllegalArgumentException().isThrownBy(() -> Decimals.parseInteger("50%"));
    }

    @Test
    void readsWhatIsTooLargeAsInfinite() {
        assertThat(Decimals.parse("9".repeat(400))).isInfinite();
    }

    @Property
    void readsBackWhatItWrote(@ForAll @DoubleRange(max = 1) double ratio, @ForAll double number) {
        assertThat(Decimals.parseRatio(Decimals.formatRatio(ratio))).isEqualTo(ratio);
        assertThat(Decimals.parse(Decimals.format(number))).isEqualTo(number);
    }
}
