package io.breaker.circuitbreaker.tripper;

import io.breaker.circuitbreaker.tripper.TripperRules.AvgLatency;
import io.breaker.circuitbreaker.tripper.TripperRules.FailureCount;
import io.breaker.circuitbreaker.tripper.TripperRules.FailureRate;
import io.breaker.circuitbreaker.tripper.TripperRules.FailureStreak;
import io.breaker.circuitbreaker.tripper.TripperRules.SlowRate;
import io.breaker.expression.Parameter;
import io.breaker.expression.Vocabulary;
import java.util.List;

/** The names of the built-in trippers, and those that say where and from when on the {@link TripperRules} apply. */
final class TripperTerms {

    static final Vocabulary<Tripper> VOCABULARY = Vocabulary.<Tripper>empty(Tripper::named)
            .with("closed", List.of(), arguments -> new Closed())
            .with("halfOpened", List.of(), arguments -> new HalfOpened())
            .with("minRequests", List.of("count"), arguments -> new MinRequests(arguments.integer("count")))
            .with("failureRate", List.of("rate"), arguments -> new FailureRate(arguments.ratio("rate")))
            .with(
                    "slowRate",
                    List.of("rate", "threshold"),
                    arguments -> new SlowRate(arguments.ratio("rate"), arguments.duration("threshold")))
            .with("avgLatency", List.of("threshold"), arguments -> new AvgLatency(arguments.duration("threshold")))
            .with("failureStreak", List.of("count"), arguments -> new FailureStreak(arguments.integer("count")))
            .with("failureCount", List.of("count"), arguments -> new FailureCount(arguments.integer("count")));

    private TripperTerms() {}

    /** Says where other rules apply; the reason for an opening leaves it out. */
    sealed interface Condition extends Tripper {}

    /** In CLOSED. */
    record Closed() implements Condition {

        @Override
        public boolean trips(TripContext context) {
            return !context.halfOpen();
        }

        @Override
        public String text() {
            return "closed";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** In HALF_OPEN. */
    record HalfOpened() implements Condition {

        @Override
        public boolean trips(TripContext context) {
            return context.halfOpen();
        }

        @Override
        public String text() {
            return "halfOpened";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** Enough calls to judge by. */
    record MinRequests(int count) implements Condition {

        private static final Parameter COUNT = Parameter.only("minRequests", "count");

        MinRequests {
            COUNT.checkCount(count);
        }

        @Override
        public boolean trips(TripContext context) {
            // With these many successes the circuit closes: a rule that waited for more calls would never be heard.
            int enough = context.halfOpen() ? Math.min(count, context.successThreshold()) : count;
            return context.total() >= enough;
        }

        @Override
        public String text() {
            return "minRequests(" + count + ")";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** A tripper that prints as its name. */
    record Named(String name, Tripper tripper) implements Tripper {

        static Named of(String name, Tripper tripper) {
            VOCABULARY.requireNew(name);
            // Naming again must give an equal tripper, so that a named one can be added to a vocabulary and read back.
            return tripper instanceof Named same && same.name.equals(name) ? same : new Named(name, tripper);
        }

        @Override
        public boolean trips(TripContext context) {
            return tripper.trips(context);
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
