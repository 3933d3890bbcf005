package io.breaker.circuitbreaker.tripper;

import static io.breaker.expression.Faults.assertFault;
import static io.breaker.expression.Faults.assertSurvives;
import static io.breaker.expression.Faults.assertSurvivesMutations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breaker.expression.Trees;
import io.breaker.expression.Vocabulary;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TripperTextTests {

    private static final String DEFAULT =
            "(closed & minRequests(20) & failureRate(0.5)) | (halfOpened & failureRate(0.5))";

    private static final Tripper PEAK = context -> context.total() > 1_000;

    private static final Vocabulary<Tripper> WITH_BEAN = Tripper.vocabulary().with("peak", PEAK);

    @Test
    void isItsJava() {
        assertReadsAndPrints(Tripper.DEFAULT, DEFAULT);
        assertReadsAndPrints(Tripper.closed(), "closed");
        assertReadsAndPrints(Tripper.halfOpened(), "halfOpened");
        assertReadsAndPrints(Tripper.minRequests(20), "minRequests(20)");
        assertReadsAndPrints(Tripper.failureRate(0.5), "failureRate(0.5)");
        assertReadsAndPrints(Tripper.slowRate(0.3, Duration.ofSeconds(3)), "slowRate(0.3, 3s)");
        assertReadsAndPrints(Tripper.avgLatency(Duration.ofSeconds(2)), "avgLatency(2s)");
        assertReadsAndPrints(Tripper.failureStreak(5), "failureStreak(5)");
        assertReadsAndPrints(Tripper.failureCount(10), "failureCount(10)");
    }

    @Test
    void putsParenthesesWhereOperatorsMeet() {
        Tripper closed = Tripper.closed();
        Tripper five = Tripper.failureStreak(5);

        assertReadsAndPrints(closed.negate().and(five.negate()), "!closed & !failureStreak(5)");
        assertReadsAndPrints(closed.and(five).negate(), "!(closed & failureStreak(5))");
        assertReadsAndPrints(
                closed.or(five).and(five.or(closed).negate()),
                "(closed | failureStreak(5)) & !(failureStreak(5) | closed)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "failureRate(50%) > failureRate(0.5)",
                "failureRate(rate=1) > failureRate(1.0)",
                "slowRate(threshold=1500ms, rate=30%) > slowRate(0.3, 1500ms)",
                "slowRate(0.3, threshold=PT3S) > slowRate(0.3, 3s)",
                "avgLatency(threshold=0.25s) > avgLatency(250ms)",
                "minRequests(count=1) > minRequests(1)",
                "closed() > closed",
                "!!closed > closed",
                "!(!(closed)) > closed",
                "((closed & halfOpened)) & closed > closed & halfOpened & closed",
                "closed | (halfOpened | closed) > closed | halfOpened | closed"
            })
    void mayBeWrittenInSeveralWays(String text, String printed) {
        assertThat(Tripper.parse(text)).hasToString(printed).isEqualTo(Tripper.parse(printed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "failureRate; 11; failureRate needs the argument 'rate'",
                "failureRate(); 12; failureRate needs the argument 'rate'",
                "failureRate(0); 12; failureRate must be in (0.0, 1.0]: 0.0",
                "failureRate(1.5); 12; failureRate must be in (0.0, 1.0]: 1.5",
                "closed & failureRate(rate = 150%); 28; failureRate must be in (0.0, 1.0]: 1.5",
                "failureRate(half); 12; not a ratio such as 0.5 or 50%: 'half'",
                "failureRate(0.5, 3); 17; failureRate takes no more than 1",
                "failureRate(ratio=0.5); 12; unknown argument 'ratio'",
                "slowRate(0.3); 12; slowRate needs the argument 'threshold'",
                "slowRate(3s, 0.3); 9; not a ratio such as 0.5 or 50%: '3s'",
                "slowRate(0, 3s); 9; slowRate rate must be in (0.0, 1.0]: 0.0",
                "slowRate(0.3, 0s); 14; slowRate threshold must be above 0: 0s",
                "slowRate(0.3, 3); 14; a duration needs a unit, one of ms, s, m and h: '3'",
                "slowRate(threshold=3s, 0.3); 23; an argument without name may not follow one with name",
                "avgLatency(0ms); 11; avgLatency must be above 0: 0s",
                "minRequests(0); 12; minRequests must be at least 1: 0",
                "minRequests(many); 12; not a whole number up to 2147483647: 'many'",
                "failureStreak(0); 14; failureStreak must be at least 1: 0",
                "failureCount(-5); 13; failureCount must be at least 1: -5",
                "closed(1); 7; closed takes no arguments",
                "halfOpen; 0; unknown name 'halfOpen'",
                "closed & failureRate(0.5) | halfOpened; 26; "
                        + "'&' and '|' stand on one level: put parentheses around one of them",
                "(closed & failureRate(0.5); 26; expected ')' but found the end of the text",
                "closed halfOpened; 7; unexpected 'halfOpened' after the end of the expression"
            })
    void saysWhatIsWrongAndWhere(String text, int position, String problem) {
        assertFault(Tripper::parse, text, position, problem);
    }

    @Test
    void suggestsTheNameThatWasMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tripper.parse("minRequests(20)\n  & failurRate(0.5)"))
                .withMessage("""
                        unknown name 'failurRate'
                          & failurRate(0.5)
                            ^
                        known names: avgLatency, closed, failureCount, failureRate, failureStreak, halfOpened, \
                        minRequests, slowRate
                        did you mean 'failureRate'?""");
    }

    @Test
    void hasTheSameRangesInJava() {
        Duration second = Duration.ofSeconds(1);

        assertRefused(() -> Tripper.minRequests(0), "minRequests must be at least 1: 0");
        assertRefused(() -> Tripper.failureRate(1.5), "failureRate must be in (0.0, 1.0]: 1.5");
        assertRefused(() -> Tripper.failureRate(Double.NaN), "failureRate must be in (0.0, 1.0]: NaN");
        assertRefused(() -> Tripper.slowRate(0, second), "slowRate rate must be in (0.0, 1.0]: 0.0");
        assertRefused(() -> Tripper.slowRate(1, Duration.ZERO), "slowRate threshold must be above 0: 0s");
        assertRefused(() -> Tripper.avgLatency(second.negated()), "avgLatency must be above 0: -1s");
        assertRefused(() -> Tripper.failureStreak(0), "failureStreak must be at least 1: 0");
        assertRefused(() -> Tripper.failureCount(-1), "failureCount must be at least 1: -1");
    }

    @Test
    void takesValuesAtTheirLimits() {
        assertReadsAndPrints(Tripper.failureRate(1), "failureRate(1.0)");
        assertReadsAndPrints(Tripper.slowRate(0.00001, Duration.ofNanos(1)), "slowRate(0.00001, 0.000001ms)");
        assertReadsAndPrints(Tripper.minRequests(Integer.MAX_VALUE), "minRequests(2147483647)");
        assertReadsAndPrints(Tripper.failureStreak(1), "failureStreak(1)");
        assertReadsAndPrints(Tripper.failureCount(1), "failureCount(1)");
        assertThat(Tripper.parse(Tripper.failureRate(Double.MIN_VALUE).text()))
                .isEqualTo(Tripper.failureRate(Double.MIN_VALUE));
    }

    @Test
    void isANameThatTheVocabularyKnows() {
        Tripper tripper = Tripper.parse("closed & !peak", WITH_BEAN);

        assertThat(tripper)
                .hasToString("closed & !peak")
                .isEqualTo(Tripper.closed().and(Tripper.named("peak", PEAK).negate()));
        assertThat(Tripper.named("peak", Tripper.named("peak", PEAK))).isEqualTo(Tripper.named("peak", PEAK));
        assertThat(PEAK.text()).isEqualTo("custom");
        assertFault(Tripper::parse, "closed & custom", 9, "unknown name 'custom'");
        assertRefused(
                () -> Tripper.named("closed", PEAK),
                "name must not be one of [avgLatency, closed, failureCount, failureRate, failureStreak, halfOpened,"
                        + " minRequests, slowRate]: closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "!", "!(", "closed&", "closed & (", "failureRate(", "slowRate(0.1,"})
    void survivesWhatIsLongOrDeep(String piece) {
        assertSurvives(Tripper::parse, piece.repeat(100_000));
        assertSurvives(Tripper::parse, piece.repeat(10_000 / piece.length()));
    }

    @Test
    void survivesEveryChangeOfOneCharacter() {
        assertSurvivesMutations(Tripper::parse, DEFAULT);
        assertSurvivesMutations(Tripper::parse, "!(slowRate(30%, threshold=3s) | avgLatency(PT2S)) & failureCount(10)");
    }

    @Property
    void parsesBackToAnEqualValue(@ForAll("trippers") Tripper tripper) {
        assertThat(Tripper.parse(tripper.toString(), WITH_BEAN))
                .isEqualTo(tripper)
                .hasSameHashCodeAs(tripper);
    }

    @Provide
    Arbitrary<Tripper> trippers() {
        Arbitrary<Integer> counts = Arbitraries.integers().greaterOrEqual(1);
        Arbitrary<Tripper> leaves = Arbitraries.oneOf(
                Arbitraries.of(Tripper.closed(), Tripper.halfOpened(), Tripper.named("peak", PEAK)),
                counts.map(Tripper::minRequests),
                counts.map(Tripper::failureStreak),
                counts.map(Tripper::failureCount),
                Trees.ratios().map(Tripper::failureRate),
                Trees.durations().map(Tripper::avgLatency),
                Combinators.combine(Trees.ratios(), Trees.durations()).as(Tripper::slowRate));
        return Trees.of(leaves, Tripper::and, Tripper::or, Tripper::negate);
    }

    private static void assertReadsAndPrints(Tripper tripper, String text) {
        assertThat(tripper).hasToString(text);
        assertThat(tripper.text()).isEqualTo(text);
        assertThat(Tripper.parse(text)).isEqualTo(tripper);
    }

    private static void assertRefused(Runnable code, String message) {
        assertThatIllegalArgumentException().isThrownBy(code::run).withMessage(message);
    }
}
