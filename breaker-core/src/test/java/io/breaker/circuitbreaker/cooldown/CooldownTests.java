package io.breaker.circuitbreaker.cooldown;

import static io.breaker.expression.Faults.assertFault;
import static io.breaker.expression.Faults.assertSurvivesMutations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breaker.expression.Trees;
import io.breaker.expression.Vocabulary;
import io.breaker.testing.FixedRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CooldownTests {

    private static final Duration MINUTE = Duration.ofSeconds(60);

    /** A minute after an exception, else a second for each reopening. */
    private static final Cooldown BY_FAILURE =
            context -> context.lastFailure().isPresent() ? MINUTE : Duration.ofSeconds(context.reopens());

    private static final Vocabulary<Cooldown> WITH_BEAN = Cooldown.vocabulary().with("byFailure", BY_FAILURE);

    @Nested
    class Lengths {

        @Test
        void areAMinuteByDefault() {
            assertThat(Cooldown.DEFAULT).isEqualTo(Cooldown.fixed(MINUTE));
            assertThat(length(Cooldown.DEFAULT, 3, 0.9)).isEqualTo(MINUTE);
        }

        @Test
        void areZeroOrEndless() {
            assertThat(length(Cooldown.none(), 3, 0.5)).isZero();
            assertThat(length(Cooldown.indefinite(), 3, 0.5))
                    .isEqualTo(Cooldown.FOREVER)
                    .isEqualTo(ChronoUnit.FOREVER.getDuration());
        }

        @ParameterizedTest
        @CsvSource({"0.0, 54000", "0.5, 60000", "0.75, 63000"})
        void moveByTheJitter(double draw, long millis) {
            Cooldown cooldown = Cooldown.fixed(MINUTE, 0.1);

            assertThat(length(cooldown, 0, draw)).isEqualTo(Duration.ofMillis(millis));
            assertThat(length(cooldown, 7, draw)).isEqualTo(Duration.ofMillis(millis));
        }

        @ParameterizedTest
        @CsvSource({"0, 10", "1, 20", "2, 40", "3, 80", "4, 160", "5, 300", "1000000, 300", "2147483647, 300"})
        void doubleWithEachReopeningUpToFiveMinutes(int reopens, long seconds) {
            assertThat(length(Cooldown.exponential(Duration.ofSeconds(10)), reopens, 0.5))
                    .isEqualTo(Duration.ofSeconds(seconds));
        }

        @Test
        void growByTheMultiplierUpToTheMax() {
            Cooldown cooldown = Cooldown.exponential(Duration.ofSeconds(10), 1.5, Duration.ofSeconds(20));

            assertThat(length(cooldown, 1, 0.5)).isEqualTo(Duration.ofSeconds(15));
            assertThat(length(cooldown, 2, 0.5)).isEqualTo(Duration.ofSeconds(20));
        }

        @Test
        void neverExceedTheMaxAfterJitter() {
            Cooldown cooldown = Cooldown.exponential(Duration.ofSeconds(10), 2, MINUTE, 0.5);
            RandomGenerator random = new SplittableRandom(1);

            assertThat(length(cooldown, 2, 0.0)).isEqualTo(Duration.ofSeconds(20));
            assertThat(length(cooldown, 2, 0.999)).isEqualTo(Duration.ofMillis(59_960));
            assertThat(length(cooldown, 3, 0.999)).isEqualTo(MINUTE);
            for (int reopens = 0; reopens < 1_000; reopens++) {
                assertThat(cooldown.length(CooldownContext.of(reopens, null, random)))
                        .isBetween(Duration.ofSeconds(5), MINUTE);
            }
        }

        @Test
        void mayDependOnTheLastFailure() {
            RandomGenerator random = new FixedRandom(0.5);
            Cooldown named = Cooldown.named("byFailure", BY_FAILURE);

            assertThat(named.length(CooldownContext.of(4, new Exception(), random)))
                    .isEqualTo(MINUTE);
            assertThat(named.length(CooldownContext.of(4, null, random))).isEqualTo(Duration.ofSeconds(4));
        }

        private static Duration length(Cooldown cooldown, int reopens, double draw) {
            return cooldown.length(CooldownContext.of(reopens, null, new FixedRandom(draw)));
        }
    }

    @Nested
    class Texts {

        @Test
        void areTheJava() {
            Duration ten = Duration.ofSeconds(10);

            assertReadsAndPrints(Cooldown.none(), "none");
            assertReadsAndPrints(Cooldown.indefinite(), "indefinite");
            assertReadsAndPrints(Cooldown.fixed(MINUTE), "fixed(60s)");
            assertReadsAndPrints(Cooldown.fixed(Duration.ofMillis(250), 0.1), "fixed(250ms, jitter=0.1)");
            assertReadsAndPrints(Cooldown.exponential(ten), "exponential(10s, multiplier=2, max=300s)");
            assertReadsAndPrints(Cooldown.exponential(ten, 1.5, MINUTE), "exponential(10s, multiplier=1.5, max=60s)");
            assertReadsAndPrints(
                    Cooldown.exponential(ten, 2, Duration.ofMinutes(5), 0.1),
                    "exponential(10s, multiplier=2, max=300s, jitter=0.1)");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '>',
                value = {
                    "fixed(1m) > fixed(60s)",
                    "fixed(duration=PT1M, jitter=10%) > fixed(60s, jitter=0.1)",
                    "fixed(60s, 0.1) > fixed(60s, jitter=0.1)",
                    "fixed(60s, jitter=-0.0) > fixed(60s)",
                    "exponential(10s) > exponential(10s, multiplier=2, max=300s)",
                    "exponential(10s, max=10m, jitter=10%) > exponential(10s, multiplier=2, max=600s, jitter=0.1)",
                    "exponential(10s, 3, 1h, 0.5) > exponential(10s, multiplier=3, max=3600s, jitter=0.5)",
                    "exponential(multiplier=1, initial=1.5s) > exponential(1500ms, multiplier=1, max=300s)",
                    "indefinite() > indefinite"
                })
        void mayBeWrittenInSeveralWays(String text, String printed) {
            assertThat(Cooldown.parse(text)).hasToString(printed).isEqualTo(Cooldown.parse(printed));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                quoteCharacter = '"',
                value = {
                    "fixed; 5; fixed needs the argument 'duration'",
                    "fixed(); 6; fixed needs the argument 'duration'",
                    "fixed(0s); 6; fixed duration must be above 0: 0s",
                    "fixed(-1ms); 6; fixed duration must be above 0: -1ms",
                    "fixed(60); 6; a duration needs a unit, one of ms, s, m and h: '60'",
                    "fixed(60s, jitter=1.0); 18; fixed jitter must be in [0.0, 1.0): 1.0",
                    "fixed(60s, -10%); 11; fixed jitter must be in [0.0, 1.0): -0.1",
                    "fixed(60s, 0.1, 2); 16; fixed takes no more than 2",
                    "fixed(time=60s); 6; unknown argument 'time'",
                    "exponential(); 12; exponential needs the argument 'initial'",
                    "exponential(max=1m); 18; exponential needs the argument 'initial'",
                    "exponential(0s); 12; exponential initial must be above 0: 0s",
                    "exponential(1s, multiplier=0.9); 27; exponential multiplier must be at least 1 and finite: 0.9",
                    "exponential(1s, multiplier=two); 27; not a number such as 2 or 1.5: 'two'",
                    "exponential(1s, max=0ms); 20; exponential max must be above 0: 0s",
                    "exponential(1s, jitter=100%); 23; exponential jitter must be in [0.0, 1.0): 1.0",
                    "none(1s); 5; none takes no arguments",
                    "forever; 0; unknown name 'forever'",
                    "fixed(60s) & none; 11; '&' cannot be used here: only one term may stand here, without operators",
                    "none none; 5; unexpected 'none' after the end of the expression",
                    "\"\"; 0; expected a name but found the end of the text"
                })
        void sayWhatIsWrongAndWhere(String text, int position, String problem) {
            assertFault(Cooldown::parse, text, position, problem);
        }

        @Test
        void refuseAMultiplierWithoutEnd() {
            assertFault(
                    Cooldown::parse,
                    "exponential(1s, multiplier=" + "9".repeat(400) + ")",
                    27,
                    "exponential multiplier must be at least 1 and finite: Infinity");
        }

        @Test
        void areNamesThatTheVocabularyKnows() {
            assertThat(Cooldown.parse("byFailure", WITH_BEAN))
                    .hasToString("byFailure")
                    .isEqualTo(Cooldown.named("byFailure", BY_FAILURE))
                    .isEqualTo(Cooldown.named("byFailure", Cooldown.named("byFailure", BY_FAILURE)));
            assertThat(BY_FAILURE.text()).isEqualTo("custom");
            assertFault(Cooldown::parse, "byFailure", 0, "unknown name 'byFailure'");
        }

        @Test
        void surviveEveryChangeOfOneCharacter() {
            assertSurvivesMutations(Cooldown::parse, "exponential(10s, multiplier=2, max=PT5M, jitter=10%)");
        }
    }

    @Nested
    class Ranges {

        @Test
        void areTheSameInJava() {
            assertRefused(() -> Cooldown.fixed(Duration.ZERO), "fixed duration must be above 0: 0s");
            assertRefused(() -> Cooldown.fixed(MINUTE, 1), "fixed jitter must be in [0.0, 1.0): 1.0");
            assertRefused(
                    () -> Cooldown.exponential(Duration.ofNanos(-1)),
                    "exponential initial must be above 0: -0.000001ms");
            assertRefused(
                    () -> Cooldown.exponential(MINUTE, 0.99, MINUTE),
                    "exponential multiplier must be at least 1 and finite: 0.99");
            assertRefused(() -> Cooldown.exponential(MINUTE, 2, Duration.ZERO), "exponential max must be above 0: 0s");
            assertRefused(
                    () -> Cooldown.exponential(MINUTE, 2, MINUTE, -0.5),
                    "exponential jitter must be in [0.0, 1.0): -0.5");
        }

        @Test
        void includeTheirLimits() {
            Duration nano = Duration.ofNanos(1);

            assertReadsAndPrints(Cooldown.fixed(nano), "fixed(0.000001ms)");
            assertReadsAndPrints(
                    Cooldown.exponential(nano, 1, nano, Math.nextDown(1.0)),
                    "exponential(0.000001ms, multiplier=1, max=0.000001ms, jitter=0.9999999999999999)");
        }

        @Test
        void keepBuiltInNamesFree() {
            assertRefused(
                    () -> Cooldown.named("none", BY_FAILURE),
                    "name must not be one of [exponential, fixed, indefinite, none]: none");
            assertRefused(() -> Cooldown.named("1st", BY_FAILURE), "name must be a Java identifier: '1st'");
        }

        private static void assertRefused(Runnable code, String message) {
            assertThatIllegalArgumentException().isThrownBy(code::run).withMessage(message);
        }
    }

    @Property
    void parsesBackToAnEqualValue(@ForAll("cooldowns") Cooldown cooldown) {
        assertThat(Cooldown.parse(cooldown.toString(), WITH_BEAN)).isEqualTo(cooldown);
    }

    @Provide
    Arbitrary<Cooldown> cooldowns() {
        Arbitrary<Double> jitters =
                Arbitraries.oneOf(Arbitraries.just(0.0), Trees.ratios().filter(ratio -> ratio < 1));
        Arbitrary<Double> multipliers = Arbitraries.oneOf(
                Arbitraries.of(1.0, 1.5, 2.0), Arbitraries.doubles().between(1, Double.MAX_VALUE));
        return Arbitraries.oneOf(
                Arbitraries.of(Cooldown.none(), Cooldown.indefinite(), Cooldown.named("byFailure", BY_FAILURE)),
                Combinators.combine(Trees.durations(), jitters).as(Cooldown::fixed),
                Combinators.combine(Trees.durations(), multipliers, Trees.durations(), jitters)
                        .as(Cooldown::exponential));
    }

    private static void assertReadsAndPrints(Cooldown cooldown, String text) {
        assertThat(cooldown).hasToString(text);
        assertThat(cooldown.text()).isEqualTo(text);
        assertThat(Cooldown.parse(text)).isEqualTo(cooldown);
    }
}
