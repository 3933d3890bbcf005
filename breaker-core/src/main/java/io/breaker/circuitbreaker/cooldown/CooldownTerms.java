package io.breaker.circuitbreaker.cooldown;

import io.breaker.expression.Decimals;
import io.breaker.expression.Durations;
import io.breaker.expression.Parameter;
import io.breaker.expression.Vocabulary;
import io.breaker.time.Backoff;
import java.time.Duration;
import java.util.List;

/** The built-in cooldowns and their names. */
final class CooldownTerms {

    static final double DEFAULT_MULTIPLIER = 2;
    static final Duration DEFAULT_MAX = Duration.ofMinutes(5);

    static final Vocabulary<Cooldown> VOCABULARY = Vocabulary.<Cooldown>empty(Cooldown::named)
            .with("none", List.of(), arguments -> new None())
            .with(
                    "fixed",
                    List.of("duration", "jitter"),
                    arguments -> new Fixed(arguments.duration("duration"), arguments.ratio("jitter", 0)))
            .with(
                    "exponential",
                    List.of("initial", "multiplier", "max", "jitter"),
                    arguments -> new Exponential(
                            arguments.duration("initial"),
                            arguments.number("multiplier", DEFAULT_MULTIPLIER),
                            arguments.duration("max", DEFAULT_MAX),
                            arguments.ratio("jitter", 0)))
            .with("indefinite", List.of(), arguments -> new Indefinite());

    private CooldownTerms() {}

    /** Writes a jitter as the last argument, if there is any. */
    private static String jitterText(double jitter) {
        return jitter == 0 ? "" : ", jitter=" + Decimals.formatRatio(jitter);
    }

    /** No time. */
    record None() implements Cooldown {

        @Override
        public Duration length(CooldownContext context) {
            return Duration.ZERO;
        }

        @Override
        public String text() {
            return "none";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The same time at each opening. */
    record Fixed(Duration duration, double jitter) implements Cooldown {

        private static final Parameter DURATION = Parameter.of("fixed", "duration");
        private static final Parameter JITTER = Parameter.of("fixed", "jitter");

        Fixed {
            DURATION.checkPositive(duration);
            jitter = JITTER.checkJitter(jitter);
        }

        @Override
        public Duration length(CooldownContext context) {
            return new Backoff(duration, /* multiplier= */ 1, FOREVER, jitter).delay(0, context.random());
        }

        @Override
        public String text() {
            return "fixed(" + Durations.format(duration) + jitterText(jitter) + ")";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** A time that grows while probes fail. */
    record Exponential(Duration initial, double multiplier, Duration max, double jitter) implements Cooldown {

        private static final Parameter INITIAL = Parameter.of("exponential", "initial");
        private static final Parameter MULTIPLIER = Parameter.of("exponential", "multiplier");
        private static final Parameter MAX = Parameter.of("exponential", "max");
        private static final Parameter JITTER = Parameter.of("exponential", "jitter");

        Exponential {
            INITIAL.checkPositive(initial);
            MULTIPLIER.checkMultiplier(multiplier);
            MAX.checkPositive(max);
            jitter = JITTER.checkJitter(jitter);
        }

        @Override
        public Duration length(CooldownContext context) {
            return new Backoff(initial, multiplier, max, jitter).delay(context.reopens(), context.random());
        }

        @Override
        public String text() {
            return "exponential(" + Durations.format(initial)
                    + ", multiplier=" + Decimals.format(multiplier)
                    + ", max=" + Durations.format(max)
                    + jitterText(jitter) + ")";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** No end. */
    record Indefinite() implements Cooldown {

        @Override
        public Duration length(CooldownContext context) {
            return FOREVER;
        }

        @Override
        public String text() {
            return "indefinite";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** A cooldown that prints as its name. */
    record Named(String name, Cooldown cooldown) implements Cooldown {

        static Cooldown of(String name, Cooldown cooldown) {
            VOCABULARY.requireNew(name);
            // Naming again must give an equal cooldown, so that a named one can be added to a vocabulary and read back.
            return cooldown instanceof Named same && same.name.equals(name) ? same : new Named(name, cooldown);
        }

        @Override
        public Duration length(CooldownContext context) {
            return cooldown.length(context);
        }

        @Override
        public String text() {
            return name;
        }

        @Override
        public String toString() {
            return text();
        }
    }
}
