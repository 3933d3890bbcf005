package io.breaker.circuitbreaker.permit;

import static io.breaker.expression.Faults.assertFault;
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

class PermitTextTests {

    private static final Permit EVEN = context -> context.inFlight() % 2 == 0;

    private static final Vocabulary<Permit> WITH_BEAN = Permit.vocabulary().with("even", EVEN);

    @Test
    void isItsJava() {
        assertReadsAndPrints(Permit.all(), "all");
        assertReadsAndPrints(Permit.random(0.5), "random(0.5)");
        assertReadsAndPrints(Permit.random(1), "random(1.0)");
        assertReadsAndPrints(Permit.random(0.00001), "random(0.00001)");
        assertReadsAndPrints(Permit.rampUp(0.1, 1.0, Duration.ofMinutes(1)), "rampUp(0.1, 1.0, 60s)");
        assertReadsAndPrints(Permit.concurrent(3), "concurrent(3)");
        assertReadsAndPrints(
                Permit.rampUp(0.1, 1, Duration.ofMillis(1500))
                        .and(Permit.concurrent(50))
                        .and(Permit.all()),
                "rampUp(0.1, 1.0, 1500ms) & concurrent(50) & all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "random(50%) > random(0.5)",
                "random(ratio=1) > random(1.0)",
                "rampUp(initial=10%, final=100%, duration=60s) > rampUp(0.1, 1.0, 60s)",
                "rampUp(duration=1m, final=1, initial=0.1) > rampUp(0.1, 1.0, 60s)",
                "rampUp(0.1, duration=PT1M, final=1) > rampUp(0.1, 1.0, 60s)",
                "rampUp(0.5, 0.5, 1ms) > rampUp(0.5, 0.5, 1ms)",
                "concurrent(calls=3) > concurrent(3)",
                "(all & random(1)) & (concurrent(1)) > all & random(1.0) & concurrent(1)"
            })
    void mayBeWrittenInSeveralWays(String text, String printed) {
        assertThat(Permit.parse(text)).hasToString(printed).isEqualTo(Permit.parse(printed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "random(); 7; random needs the argument 'ratio'",
                "random(0); 7; random must be in (0.0, 1.0]: 0.0",
                "random(100.1%); 7; random must be in (0.0, 1.0]: 1.001",
                "rampUp(0, 1, 60s); 7; rampUp initial must be in (0.0, 1.0]: 0.0",
                "rampUp(0.1, 1.1, 60s); 12; rampUp final must be in (0.0, 1.0]: 1.1",
                "rampUp(0.1, 1.0, 0s); 17; rampUp duration must be above 0: 0s",
                "rampUp(0.1, 1.0, 60); 17; a duration needs a unit, one of ms, s, m and h: '60'",
                "rampUp(0.9, 0.5, 60s); 7; rampUp initial must not be above final: 0.9 > 0.5",
                "rampUp(final=0.5, initial=0.9, duration=60s); 26; rampUp initial must not be above final: 0.9 > 0.5",
                "rampUp(0.1, 1.0); 15; rampUp needs the argument 'duration'",
                "rampUp(0.1, duration=60s); 24; rampUp needs the argument 'final'",
                "concurrent(0); 11; concurrent must be at least 1: 0",
                "concurrent(-1); 11; concurrent must be at least 1: -1",
                "concurrent(1.5); 11; not a whole number up to 2147483647: '1.5'",
                "all | random(0.5); 4; '|' cannot be used here: only '&' and parentheses combine",
                "all & (all | all); 11; '|' cannot be used here: only '&' and parentheses combine",
                "!all; 0; '!' cannot be used here: only '&' and parentheses combine",
                "concurent(3); 0; unknown name 'concurent'"
            })
    void saysWhatIsWrongAndWhere(String text, int position, String problem) {
        assertFault(Permit::parse, text, position, problem);
    }

    @Test
    void hasTheSameRangesInJava() {
        Duration minute = Duration.ofMinutes(1);

        assertRefused(() -> Permit.random(0), "random must be in (0.0, 1.0]: 0.0");
        assertRefused(() -> Permit.random(1.01), "random must be in (0.0, 1.0]: 1.01");
        assertRefused(() -> Permit.rampUp(0, 1, minute), "rampUp initial must be in (0.0, 1.0]: 0.0");
        assertRefused(() -> Permit.rampUp(0.1, Double.NaN, minute), "rampUp final must be in (0.0, 1.0]: NaN");
        assertRefused(() -> Permit.rampUp(0.9, 0.5, minute), "rampUp initial must not be above final: 0.9 > 0.5");
        assertRefused(() -> Permit.rampUp(0.1, 1, Duration.ZERO), "rampUp duration must be above 0: 0s");
        assertRefused(() -> Permit.concurrent(0), "concurrent must be at least 1: 0");
        assertRefused(
                () -> Permit.named("rampUp", EVEN),
                "name must not be one of [all, concurrent, rampUp, random]: rampUp");
        assertRefused(() -> Permit.named("", EVEN), "name must be a Java identifier: ''");
    }

    @Test
    void takesValuesAtTheirLimits() {
        assertReadsAndPrints(Permit.rampUp(1, 1, Duration.ofNanos(1)), "rampUp(1.0, 1.0, 0.000001ms)");
        assertReadsAndPrints(Permit.concurrent(1), "concurrent(1)");
        assertReadsAndPrints(Permit.concurrent(Integer.MAX_VALUE), "concurrent(2147483647)");
        assertThat(Permit.parse(Permit.random(Double.MIN_VALUE).text())).isEqualTo(Permit.random(Double.MIN_VALUE));
    }

    @Test
    void isANameThatTheVocabularyKnows() {
        assertThat(Permit.parse("even & concurrent(4)", WITH_BEAN))
                .hasToString("even & concurrent(4)")
                .isEqualTo(Permit.named("even", EVEN).and(Permit.concurrent(4)));
        assertThat(Permit.named("even", Permit.named("even", EVEN))).isEqualTo(Permit.named("even", EVEN));
        assertThat(EVEN.text()).isEqualTo("custom");
        assertFault(Permit::parse, "all & even", 6, "unknown name 'even'");
    }

    @Test
    void survivesEveryChangeOfOneCharacter() {
        assertSurvivesMutations(
                Permit::parse, "(all & random(50%)) & rampUp(0.1, final=1, duration=1.5s) & concurrent(3)");
    }

    @Property
    void parsesBackToAnEqualValue(@ForAll("permits") Permit permit) {
        assertThat(Permit.parse(permit.toString(), WITH_BEAN)).isEqualTo(permit);
    }

    @Provide
    Arbitrary<Permit> permits() {
        Arbitrary<Permit> leaves = Arbitraries.oneOf(
                Arbitraries.of(Permit.all(), Permit.named("even", EVEN)),
                Trees.ratios().map(Permit::random),
                Arbitraries.integers().greaterOrEqual(1).map(Permit::concurrent),
                Combinators.combine(Trees.ratios(), Trees.ratios(), Trees.durations())
                        .as((one, other, duration) ->
                                Permit.rampUp(Math.min(one, other), Math.max(one, other), duration)));
        return leaves.list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> parts.stream().reduce(Permit::and).orElseThrow());
    }

    private static void assertReadsAndPrints(Permit permit, String text) {
        assertThat(permit).hasToString(text);
        assertThat(permit.text()).isEqualTo(text);
        assertThat(Permit.parse(text)).isEqualTo(permit);
    }

    private static void assertRefused(Runnable code, String message) {
        assertThatIllegalArgumentException().isThrownBy(code::run).withMessage(message);
    }
}
