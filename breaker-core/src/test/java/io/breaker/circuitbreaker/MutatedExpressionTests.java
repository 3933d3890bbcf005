package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.breaker.circuitbreaker.cooldown.Cooldown;
import io.breaker.circuitbreaker.permit.Permit;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.circuitbreaker.window.Window;
import io.breaker.expression.ExpressionException;
import io.breaker.expression.Meaning;
import io.breaker.expression.Mutations;
import io.breaker.expression.Texts;
import io.breaker.expression.Texts.Slot;
import io.breaker.expression.Vocabulary;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What a slip of one character makes of an expression: something that means exactly what is written, or a fault that shows
 * where it is. A rule that silently became another one would be found when the service is down.
 */
class MutatedExpressionTests {

    /** Far above what a text of some hundred characters takes, also on a machine that does other things. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Vocabulary<Tracker> TRACKERS =
            Tracker.vocabulary().with("notFound", thrown -> false).with("größe", thrown -> true);

    private static final Vocabulary<Tripper> TRIPPERS = Tripper.vocabulary().with("$peak_1", context -> false);

    private static final Vocabulary<Permit> PERMITS = Permit.vocabulary().with("atNight", context -> true);

    private static final Vocabulary<Cooldown> COOLDOWNS =
            Cooldown.vocabulary().with("untilMonday", context -> Duration.ZERO);

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aMutatedTrackerIsAsWrittenOrAFault(@ForAll("trackers") String text) {
        assertAsWrittenOrAFault(text, TRACKERS.names(), mutated -> Tracker.parse(mutated, TRACKERS));
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void aMutatedTripperIsAsWrittenOrAFault(@ForAll("trippers") String text) {
        assertAsWrittenOrAFault(text, TRIPPERS.names(), mutated -> Tripper.parse(mutated, TRIPPERS));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aMutatedPermitIsAsWrittenOrAFault(@ForAll("permits") String text) {
        assertAsWrittenOrAFault(text, PERMITS.names(), mutated -> Permit.parse(mutated, PERMITS));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aMutatedCooldownIsAsWrittenOrAFault(@ForAll("cooldowns") String text) {
        assertAsWrittenOrAFault(text, COOLDOWNS.names(), mutated -> Cooldown.parse(mutated, COOLDOWNS));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aMutatedWindowIsAsWrittenOrAFault(@ForAll("windows") String text) {
        assertAsWrittenOrAFault(text, Window.vocabulary().names(), Window::parse);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aTextIsReadBeforeItIsMutated(@ForAll("validTrippers") String text) {
        assertAsWritten(text, Tripper.parse(text, TRIPPERS), TRIPPERS.names(), again -> Tripper.parse(again, TRIPPERS));
    }

    @Provide
    Arbitrary<String> trackers() {
        Arbitrary<String> classes = Arbitraries.of(
                "java.io.IOException",
                "java.lang.Error",
                "java.util.concurrent.TimeoutException",
                Inner.class.getName());
        return mutated(Texts.composed(
                Arbitraries.oneOf(
                        Texts.term("all"),
                        Texts.term("notFound"),
                        Texts.term("größe"),
                        Texts.listTerm("typeOf", classes),
                        Texts.listTerm("causedBy", classes)),
                "&|!"));
    }

    @Provide
    Arbitrary<String> trippers() {
        return Mutations.of(validTrippers());
    }

    @Provide
    Arbitrary<String> validTrippers() {
        Slot count = Slot.of("count", Texts.counts());
        Slot rate = Slot.of("rate", Texts.ratios());
        Slot threshold = Slot.of("threshold", Texts.durations());
        return Texts.spaced(Texts.composed(
                Arbitraries.oneOf(
                        Texts.term("closed"),
                        Texts.term("halfOpened"),
                        Texts.term("$peak_1"),
                        Texts.term("minRequests", count),
                        Texts.term("failureRate", rate),
                        Texts.term("slowRate", rate, threshold),
                        Texts.term("avgLatency", threshold),
                        Texts.term("failureStreak", count),
                        Texts.term("failureCount", count)),
                "&|!"));
    }

    @Provide
    Arbitrary<String> permits() {
        Arbitrary<String> rampUp = Texts.term(
                "rampUp",
                Slot.of("initial", Arbitraries.of("0.1", "5%", "0.25")),
                Slot.of("final", Arbitraries.of("1", "100%", "0.75")),
                Slot.of("duration", Texts.durations()));
        return mutated(Texts.composed(
                Arbitraries.oneOf(
                        Texts.term("all"),
                        Texts.term("atNight"),
                        Texts.term("random", Slot.of("ratio", Texts.ratios())),
                        rampUp,
                        Texts.term("concurrent", Slot.of("calls", Texts.counts()))),
                "&"));
    }

    @Provide
    Arbitrary<String> cooldowns() {
        Slot jitter = Slot.optional("jitter", Texts.ratios());
        Arbitrary<String> exponential = Texts.term(
                "exponential",
                Slot.of("initial", Texts.durations()),
                Slot.optional("multiplier", Arbitraries.of("1", "2.5", "10")),
                Slot.optional("max", Texts.durations()),
                jitter);
        return mutated(Arbitraries.oneOf(
                Texts.term("none"),
                Texts.term("indefinite"),
                Texts.term("untilMonday"),
                Texts.term("fixed", Slot.of("duration", Texts.durations()), jitter),
                exponential));
    }

    @Provide
    Arbitrary<String> windows() {
        return mutated(Arbitraries.oneOf(
                Texts.term("count", Slot.of("size", Texts.counts())),
                Texts.term("time", Slot.of("duration", Texts.durations()))));
    }

    private static Arbitrary<String> mutated(Arbitrary<String> texts) {
        return Mutations.of(Texts.spaced(texts));
    }

    private static void assertAsWrittenOrAFault(String text, SortedSet<String> names, Function<String, ?> parser) {
        assertTimeoutPreemptively(PATIENCE, () -> {
            Object value;
            try {
                value = parser.apply(text);
            } catch (ExpressionException fault) {
                assertShowsWhere(text, fault);
                return;
            }
            assertAsWritten(text, value, names, parser);
        });
    }

    private static void assertAsWritten(
            String text, Object value, SortedSet<String> names, Function<String, ?> parser) {
        String printed = value.toString();
        assertThat(parser.apply(printed)).isEqualTo(value).hasToString(printed).hasSameHashCodeAs(value);
        Meaning written = Meaning.of(text, names);
        Meaning understood = Meaning.of(printed, names);
        assertThat(understood.names()).isEqualTo(written.names());
        // Defaults are printed whether or not they were written.
        assertThat(understood.values()).containsAll(written.values());
    }

    private static void assertShowsWhere(String text, ExpressionException fault) {
        assertThat(fault.expression()).isEqualTo(text);
        assertThat(fault.position()).isBetween(0, text.length());
        List<String> lines = fault.getMessage().lines().toList();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
        assertThat(lines.get(0)).isNotBlank();
        assertThat(lines.get(2)).matches("[ \t]*\\^");
        if (fault.position() < text.length()) {
            int column = lines.get(1).offsetByCodePoints(0, lines.get(2).length() - 1);
            assertThat(lines.get(1).codePointAt(column)).isEqualTo(text.codePointAt(fault.position()));
        }
    }

    static final class Inner extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
