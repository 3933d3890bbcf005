package io.breaker.circuitbreaker.tripper;

import io.breaker.expression.Decimals;
import io.breaker.expression.Durations;
import io.breaker.expression.Parameter;
import java.time.Duration;

/**
 * The built-in trippers that judge the recorded calls.
 *
 * <p>They ask the context for single figures and never for its stats, so that to ask them allocates nothing.
 */
final class TripperRules {

    private TripperRules() {}

    /**
     * Compares by the correctly rounded quotient: 3 of 10 gives the very double that is written 0.3, which 0.3 times 10
     * does not promise.
     */
    static boolean reaches(long part, long total, double rate) {
        return total > 0 && part / (double) total >= rate;
    }

    private static String calls(long count) {
        return count == 1 ? "1 call" : count + " calls";
    }

    /** Judges figures, and can tell which they were. */
    sealed interface Rule extends Tripper {

        /** Tells the figures, such as {@code 12 of 20 calls failed}. */
        String figures(TripContext context);
    }

    /** A share of failed calls. */
    record FailureRate(double rate) implements Rule {

        private static final Parameter RATE = Parameter.only("failureRate", "rate");

        FailureRate {
            RATE.checkRatio(rate);
        }

        @Override
        public boolean trips(TripContext context) {
            return reaches(context.failures(), context.total(), rate);
        }

        @Override
        public String figures(TripContext context) {
            return context.failures() + " of " + context.total() + " calls failed";
        }

        @Override
        public String text() {
            return "failureRate(" + Decimals.formatRatio(rate) + ")";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** A share of slow calls. */
    record SlowRate(double rate, Duration threshold) implements Rule {

        private static final Parameter RATE = Parameter.of("slowRate", "rate");
        private static final Parameter THRESHOLD = Parameter.of("slowRate", "threshold");

        SlowRate {
            RATE.checkRatio(rate);
            THRESHOLD.checkPositive(threshold);
        }

        @Override
        public boolean trips(TripContext context) {
            return reaches(context.slow(threshold), context.total(), rate);
        }

        @Override
        public String figures(TripContext context) {
            return context.slow(threshold) + " of " + context.total() + " calls took " + LatencyText.of(threshold)
                    + " or longer";
        }

        @Override
        public String text() {
            return "slowRate(" + Decimals.formatRatio(rate) + ", " + Durations.format(threshold) + ")";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** A mean latency. */
    record AvgLatency(Duration threshold) implements Rule {

        private static final Parameter THRESHOLD = Parameter.only("avgLatency", "threshold");

        AvgLatency {
            THRESHOLD.checkPositive(threshold);
        }

        @Override
        public boolean trips(TripContext context) {
            // The mean of no calls is NaN, which no comparison holds for.
            return context.meanLatencyNanos() >= Nanos.of(threshold);
        }

        @Override
        public String figures(TripContext context) {
            return calls(context.total()) + " took " + LatencyText.rounded(context.meanLatencyNanos()) + " on average";
        }

        @Override
        public String text() {
            return "avgLatency(" + Durations.format(threshold) + ")";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** Failed calls in a row. */
    record FailureStreak(int count) implements Rule {

        private static final Parameter COUNT = Parameter.only("failureStreak", "count");

        FailureStreak {
            COUNT.checkCount(count);
        }

        @Override
        public boolean trips(TripContext context) {
            return context.failureStreak() >= count;
        }

        @Override
        public String figures(TripContext context) {
            return calls(context.failureStreak()) + " failed in a row";
        }

        @Override
        public String text() {
            return "failureStreak(" + count + ")";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** Failed calls, in a row or not. */
    record FailureCount(int count) implements Rule {

        private static final Parameter COUNT = Parameter.only("failureCount", "count");

        FailureCount {
            COUNT.checkCount(count);
        }

        @Override
        public boolean trips(TripContext context) {
            return context.failures() >= count;
        }

        @Override
        public String figures(TripContext context) {
            return context.failures() + " of " + context.total() + " calls failed";
        }

        @Override
        public String text() {
            return "failureCount(" + count + ")";
        }

        @Override
        public String toString() {
            return text();
        }
    }
}
