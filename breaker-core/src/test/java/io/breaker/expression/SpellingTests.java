package io.breaker.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTests {

    @ParameterizedTest
    @CsvSource({
        "rampup, rampUp",
        "rampU, rampUp",
        "rampUpp, rampUp",
        "ranpUp, rampUp",
        "xampUp, rampUp",
        "amrpUp, rampUp",
        "xyzpUp, ",
        "ramp, rampUp",
        "ram, rampUp",
        "ra, ",
        "rapmUp, rampUp",
        "rampUpRampUp, ",
        "'', "
    })
    void findsANameInWhichTwoThirdsAreRight(String word, String nearest) {
        assertThat(Spelling.nearest(word, List.of("rampUp"))).isEqualTo(Optional.ofNullable(nearest));
    }

    @ParameterizedTest
    @CsvSource({"tiem, time", "cuont, count", "fxied, fixed", "noen, none", "expo, exponential", "f, "})
    void findsWhatIsEasilyMistyped(String word, String nearest) {
        List<String> names = List.of("time", "count", "fixed", "none", "exponential", "indefinite");

        assertThat(Spelling.nearest(word, names)).isEqualTo(Optional.ofNullable(nearest));
    }

    @Test
    void findsNoBeginningThatSeveralNamesShare() {
        assertThat(Spelling.nearest("failure", List.of("failureRateOfAll", "failureStreaks")))
                .isEmpty();
    }

    @Test
    void findsTheNearestOfSeveral() {
        List<String> names = List.of("maxRequests", "minRequests", "requests");

        assertThat(Spelling.nearest("minRequest", names)).contains("minRequests");
        assertThat(Spelling.nearest("maxRequest", names)).contains("maxRequests");
        assertThat(Spelling.nearest("request", names)).contains("requests");
    }

    @Test
    void findsNothingAmongNoNames() {
        assertThat(Spelling.nearest("a", List.of())).isEmpty();
    }
}
