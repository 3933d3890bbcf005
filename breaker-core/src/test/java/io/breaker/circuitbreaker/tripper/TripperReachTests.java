package io.breaker.circuitbreaker.tripper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TripperReachTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failureRate(0.5) & !failureRate(0.5)",
                "minRequests(20) & !minRequests(10)",
                "failureCount(5) & !failureCount(3)",
                "failureStreak(5) & !failureStreak(5)",
                "slowRate(0.5, 3s) & !slowRate(0.3, 1s)",
                "avgLatency(3s) & !avgLatency(2s)",
                "!(failureRate(0.3) | !failureRate(0.5))",
                "closed & halfOpened",
                "(failureRate(0.5) & !failureRate(0.3)) | (closed & !closed)"
            })
    void findsRulesThatExcludeEachOther(String tripper) {
        assertThat(reach(tripper).canHold(/* halfOpen= */ false)).isFalse();
        assertThat(reach(tripper).canHold(/* halfOpen= */ true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failureRate(0.3) & !failureRate(0.5)",
                "minRequests(10) & !minRequests(20)",
                "slowRate(0.5, 1s) & !slowRate(0.5, 3s)",
                "slowRate(0.3, 3s) & !slowRate(0.5, 1s)",
                "avgLatency(2s) & !avgLatency(3s)",
                "failureRate(0.5) | !failureRate(0.5)",
                "(failureRate(0.5) & !failureRate(0.3)) | failureStreak(5)"
            })
    void letsRulesPassThatDoNot(String tripper) {
        assertThat(reach(tripper).canHold(/* halfOpen= */ false)).isTrue();
        assertThat(reach(tripper).canHold(/* halfOpen= */ true)).isTrue();
    }

    @Test
    void knowsTheSituation() {
        assertThat(reach("closed & failureRate(0.5)").canHold(/* halfOpen= */ false))
                .isTrue();
        assertThat(reach("closed & failureRate(0.5)").canHold(/* halfOpen= */ true))
                .isFalse();
    }

    @Test
    void knowsNothingOfCustomTermsAndLooksIntoNamedOnes() {
        Tripper custom = context -> false;
        Tripper never = Tripper.named("never", Tripper.parse("failureRate(0.5) & !failureRate(0.5)"));

        assertThat(new TripperReach(custom.and(custom.negate())).canHold(/* halfOpen= */ false))
                .isTrue();
        assertThat(new TripperReach(never).canHold(/* halfOpen= */ false)).isFalse();
    }

    @Test
    void givesUpOnTooManyCases() {
        String many = IntStream.range(1, 20)
                .mapToObj(count -> "(failureCount(" + count + ") | failureStreak(" + count + "))")
                .collect(Collectors.joining(" & "));

        assertThat(reach("(" + many + ") & failureRate(0.5) & !failureRate(0.3)")
                        .canHold(/* halfOpen= */ false))
                .isTrue();
    }

    @Test
    void findsTermsThatAskForTooMuch() {
        TripperReach reach = reach("failureCount(60) | !(slowRate(0.5, 3s) & avgLatency(4s)) | slowRate(0.5, 1s)");

        assertThat(reach.failureCountAbove(59)).map(Tripper::text).contains("failureCount(60)");
        assertThat(reach.failureCountAbove(60)).isEmpty();
        assertThat(reach.latencyRulesAbove(Duration.ofSeconds(2)))
                .extracting(Tripper::text)
                .containsExactly("slowRate(0.5, 3s)", "avgLatency(4s)");
        assertThat(reach.latencyRulesAbove(Duration.ofSeconds(4))).isEmpty();
    }

    @Test
    void knowsWhatHoldsAlthoughAllIsWell() {
        assertThat(reach("minRequests(20) | failureRate(0.5)").holdsAfterSuccesses())
                .isTrue();
        assertThat(reach("!slowRate(0.5, 3s)").holdsAfterSuccesses()).isTrue();
        assertThat(reach("minRequests(20) & failureRate(0.5)").holdsAfterSuccesses())
                .isFalse();
        assertThat(new TripperReach(context -> true).holdsAfterSuccesses()).isFalse();
    }

    private static TripperReach reach(String tripper) {
        return new TripperReach(Tripper.parse(tripper));
    }
}
