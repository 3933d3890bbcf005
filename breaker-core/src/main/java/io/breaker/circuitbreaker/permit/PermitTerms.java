package io.breaker.circuitbreaker.permit;

import io.breaker.expression.Composite;
import io.breaker.expression.Decimals;
import io.breaker.expression.Durations;
import io.breaker.expression.Parameter;
import io.breaker.expression.Vocabulary;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The built-in permits and their names. */
final class PermitTerms {

    static final Vocabulary<Permit> VOCABULARY = Vocabulary.<Permit>empty(Permit::named)
            .with("all", List.of(), arguments -> new All())
            .with("random", List.of("ratio"), arguments -> new Random(arguments.ratio("ratio")))
            .with(
                    "rampUp",
                    List.of("initial", "final", "duration"),
                    arguments -> new RampUp(
                            arguments.ratio("initial"), arguments.ratio("final"), arguments.duration("duration")))
            .with("concurrent", List.of("calls"), arguments -> new Concurrent(arguments.integer("calls")));

    private PermitTerms() {}

    /** Every call. */
    record All() implements Permit {

        @Override
        public boolean admits(PermitContext context) {
            return true;
        }

        @Override
        public String text() {
            return "all";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** Each call with the same chance. */
    record Random(double ratio) implements Permit {

        private static final Parameter RATIO = Parameter.only("random", "ratio");

        Random {
            RATIO.checkRatio(ratio);
        }

        @Override
        public boolean admits(PermitContext context) {
            return context.random().nextDouble() < ratio;
        }

        @Override
        public String text() {
            return "random(" + Decimals.formatRatio(ratio) + ")";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** Each call with a chance that grows. */
    record RampUp(double initialRatio, double finalRatio, Duration duration) implements Permit {

        private static final Parameter INITIAL = Parameter.of("rampUp", "initial");
        private static final Parameter FINAL = Parameter.of("rampUp", "final");
        private static final Parameter DURATION = Parameter.of("rampUp", "duration");

        RampUp {
            INITIAL.checkRatio(initialRatio);
            FINAL.checkRatio(finalRatio);
            DURATION.checkPositive(duration);
            INITIAL.check(
                    initialRatio <= finalRatio,
                    "must not be above final",
                    Decimals.formatRatio(initialRatio) + " > " + Decimals.formatRatio(finalRatio));
        }

        @Override
        public boolean admits(PermitContext context) {
            return context.random().nextDouble() < ratio(context.elapsed());
        }

        @Override
        public Duration ramp() {
            return duration;
        }

        private double ratio(Duration elapsed) {
            // At the end not computed: rounding could leave the chance of 1.0 a hair short.
            return elapsed.compareTo(duration) >= 0
                    ? finalRatio
                    : initialRatio + (finalRatio - initialRatio) * (seconds(elapsed) / seconds(duration));
        }

        /** In a double, because nanoseconds in a long overflow after 292 years and a duration may be longer. */
        private static double seconds(Duration time) {
            return time.toSeconds() + time.toNanosPart() / 1e9;
        }

        @Override
        public String text() {
            return "rampUp(" + Decimals.formatRatio(initialRatio) + ", " + Decimals.formatRatio(finalRatio) + ", "
                    + Durations.format(duration) + ")";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** As many calls as there is room for. */
    record Concurrent(int calls) implements Permit {

        private static final Parameter CALLS = Parameter.only("concurrent", "calls");

        Concurrent {
            CALLS.checkCount(calls);
        }

        @Override
        public boolean admits(PermitContext context) {
            return context.inFlight() < calls;
        }

        @Override
        public String text() {
            return "concurrent(" + calls + ")";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** A permit that prints as its name. */
    record Named(String name, Permit permit) implements Permit {

        static Permit of(String name, Permit permit) {
            VOCABULARY.requireNew(name);
            // Naming again must give an equal permit, so that a named one can be added to a vocabulary and read back.
            return permit instanceof Named same && same.name.equals(name) ? same : new Named(name, permit);
        }

        @Override
        public boolean admits(PermitContext context) {
            return permit.admits(context);
        }

        @Override
        public Duration ramp() {
            return permit.ramp();
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

    /** What every part admits. */
    record And(List<Permit> parts) implements Permit, Composite<Permit> {

        static And of(Permit first, Permit second) {
            return new And(Composite.flatten(And.class, first, second));
        }

        @Override
        public boolean admits(PermitContext context) {
            for (Permit part : parts) {
                if (!part.admits(context)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Duration ramp() {
            return parts.stream()
                    .map(Permit::ramp)
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
        }

        @Override
        public String operator() {
            return "&";
        }

        @Override
        public String toString() {
            return text();
        }
    }
}
