package io.breaker.benchmark.comparison;

import java.util.function.ToDoubleFunction;

/**
 * What a contender has to reach. Immutable.
 *
 * @param text what is measured, as it stands in the table
 * @param limit the most it may be
 * @param decimals how many decimals of it count for the reader
 * @param measured reads it from the figures of the row
 */
public record Goal(String text, double limit, int decimals, ToDoubleFunction<Row> measured) {

    /** Up to here the profiler's own objects, spread over the calls, are not the call's. */
    private static final double NO_BYTES = 0.5;

    /**
     * Sets a contender in relation to another one.
     *
     * @param contender the one in question
     * @param other the one it is compared with
     * @param limit the highest ratio of the medians
     * @return the goal
     */
    public static Goal ratio(String contender, String other, double limit) {
        return new Goal(
                contender + " ÷ " + other,
                limit,
                2,
                row -> row.figure(contender).median() / row.figure(other).median());
    }

    /**
     * Limits what a contender costs above another one.
     *
     * @param contender the one in question
     * @param other the one it is compared with
     * @param limit the highest difference of the medians, in the unit of the row
     * @return the goal
     */
    public static Goal difference(String contender, String other, double limit) {
        return new Goal(
                contender + " − " + other,
                limit,
                0,
                row -> row.figure(contender).median() - row.figure(other).median());
    }

    /**
     * Limits the figure itself.
     *
     * @param contender the one in question
     * @param limit the highest median, in the unit of the row
     * @return the goal
     */
    public static Goal atMost(String contender, double limit) {
        return new Goal(contender, limit, 0, row -> row.figure(contender).median());
    }

    /**
     * Limits what a call allocates.
     *
     * @param contender the one in question
     * @param limit the most bytes per call, at least 0
     * @return the goal
     */
    public static Goal bytes(String contender, double limit) {
        return new Goal(
                contender + ", B/call", limit, 0, row -> row.figure(contender).bytesPerCall());
    }

    boolean metBy(Row row) {
        return measured.applyAsDouble(row) <= (limit == 0 ? NO_BYTES : limit);
    }
}
