package io.breaker.circuitbreaker.tripper;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.window.CallStats;
import io.breaker.expression.Vocabulary;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TripReasonTests {

    private static final Vocabulary<Tripper> WITH_BEANS = Tripper.vocabulary()
            .with("notFound", context -> true)
            .with("calm", context -> false)
            .with("broken", context -> {
                throw new IllegalStateException("defect");
            });

    /** 12 of 20 calls failed, the last 5 in a row; 6 took 3 seconds or longer, 1 took 10; 2.4 seconds on average. */
    private static final TripContext CONTEXT = TripContext.of(
            new CallStats(
                    20,
                    12,
                    new TreeMap<>(Map.of(
                            Duration.ofSeconds(3), 6L,
                            Duration.ofSeconds(10), 1L,
                            Duration.ofMillis(350), 20L)),
                    Optional.of(Duration.ofMillis(2_400))),
            /* halfOpen= */ false,
            5,
            3);

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '"',
            value = {
                "failureRate(0.5) > failureRate(0.5) held: 12 of 20 calls failed",
                "slowRate(0.3, 3s) > slowRate(0.3, 3s) held: 6 of 20 calls took 3s or longer",
                "slowRate(1, 350ms) > slowRate(1.0, 350ms) held: 20 of 20 calls took 350ms or longer",
                "avgLatency(2s) > avgLatency(2s) held: 20 calls took 2.4s on average",
                "failureStreak(5) > failureStreak(5) held: 5 calls failed in a row",
                "failureCount(10) > failureCount(10) held: 12 of 20 calls failed",
                "notFound > notFound held"
            })
    void givesTheFiguresOfARule(String text, String reason) {
        assertReason(text, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '"',
            value = {
                "closed & minRequests(20) & failureRate(0.5) > failureRate(0.5) held: 12 of 20 calls failed",
                "!halfOpened & failureStreak(5) & !minRequests(21) > failureStreak(5) held: 5 calls failed in a row",
                "closed > closed held",
                "closed & minRequests(20) > closed & minRequests(20) held",
                "!halfOpened > !halfOpened held"
            })
    void leavesOutConditionsUnlessThereIsNothingElse(String text, String reason) {
        assertReason(text, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '"',
            value = {
                "failureRate(0.5) & failureStreak(5) "
                        + "> failureRate(0.5) held: 12 of 20 calls failed and failureStreak(5) held: 5 calls failed in a row",
                "failureRate(0.9) | failureStreak(5) > failureStreak(5) held: 5 calls failed in a row",
                "failureStreak(5) | notFound > failureStreak(5) held: 5 calls failed in a row and notFound held",
                "(closed & failureRate(0.5)) | (halfOpened & failureStreak(5)) "
                        + "> failureRate(0.5) held: 12 of 20 calls failed",
                "(closed & failureRate(0.5)) | (failureRate(0.5) & notFound) "
                        + "> failureRate(0.5) held: 12 of 20 calls failed and notFound held",
                "(calm | (notFound & failureStreak(5))) & closed "
                        + "> notFound held and failureStreak(5) held: 5 calls failed in a row"
            })
    void joinsTheRulesThatHeld(String text, String reason) {
        assertReason(text, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '"',
            value = {
                "!failureRate(0.9) > !failureRate(0.9) held",
                "!(closed & failureRate(0.9)) & failureStreak(5) "
                        + "> !(closed & failureRate(0.9)) held and failureStreak(5) held: 5 calls failed in a row",
                "!calm > !calm held"
            })
    void givesANegationAsItIsWritten(String text, String reason) {
        assertReason(text, reason);
    }

    @Test
    void hasNoNameForNamelessCode() {
        Tripper custom = context -> true;

        assertThat(TripReason.of(custom, CONTEXT)).isEqualTo("custom held");
        assertThat(TripReason.of(custom.and(Tripper.failureStreak(5)), CONTEXT))
                .isEqualTo("custom held and failureStreak(5) held: 5 calls failed in a row");
    }

    @Test
    void passesOverAPartThatThrows() {
        assertReason("failureStreak(5) | broken", "failureStreak(5) held: 5 calls failed in a row");
    }

    @Test
    void countsOneCall() {
        CallStats one = new CallStats(1, 1, new TreeMap<>(), Optional.of(Duration.ofNanos(2_412_345_678L)));
        TripContext context = TripContext.of(one, false, 1, 3);

        assertThat(TripReason.of(Tripper.failureStreak(1), context))
                .isEqualTo("failureStreak(1) held: 1 call failed in a row");
        assertThat(TripReason.of(Tripper.avgLatency(Duration.ofSeconds(1)), context))
                .isEqualTo("avgLatency(1s) held: 1 call took 2.41s on average");
    }

    @ParameterizedTest
    @CsvSource({
        "PT2.4S, 2.4s",
        "PT1S, 1s",
        "PT0.999S, 999ms",
        "PT0.35S, 350ms",
        "PT0.0123456S, 12.3ms",
        "PT1M40S, 100s",
        "PT0.0000005S, 0.0005ms"
    })
    void roundsMeanLatenciesToThreeDigits(Duration mean, String shown) {
        CallStats stats = new CallStats(7, 0, new TreeMap<>(), Optional.of(mean));

        assertThat(TripReason.of(Tripper.avgLatency(Duration.ofNanos(1)), TripContext.of(stats, false, 0, 3)))
                .isEqualTo("avgLatency(0.000001ms) held: 7 calls took " + shown + " on average");
    }

    @Test
    void writesThresholdsInFull() {
        Duration threshold = Duration.ofNanos(3_000_000_001L);
        CallStats stats = new CallStats(1, 0, new TreeMap<>(Map.of(threshold, 1L)), Optional.empty());

        assertThat(TripReason.of(Tripper.slowRate(1, threshold), TripContext.of(stats, false, 0, 3)))
                .isEqualTo("slowRate(1.0, 3000.000001ms) held: 1 of 1 calls took 3.000000001s or longer");
    }

    @Test
    void survivesAWindowThatEmptiedMeanwhile() {
        TripContext context = TripContext.of(CallStats.EMPTY, false, 0, 3);

        assertThat(TripReason.of(Tripper.avgLatency(Duration.ofSeconds(2)), context))
                .isEqualTo("avgLatency(2s) held: 0 calls took an unknown time on average");
        assertThat(TripReason.of(Tripper.failureRate(0.5).or(Tripper.failureStreak(5)), context))
                .isEqualTo("failureRate(0.5) | failureStreak(5) held");
    }

    private static void assertReason(String text, String reason) {
        Tripper tripper = Tripper.parse(text, WITH_BEANS);

        assertThat(TripReason.of(tripper, CONTEXT)).isEqualTo(reason);
    }
}
