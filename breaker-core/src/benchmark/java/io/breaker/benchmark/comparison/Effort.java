package io.breaker.benchmark.comparison;

import java.util.regex.Pattern;

/**
 * How much time a comparison takes. Immutable.
 *
 * @param rounds processes per figure that a goal rests on, at least 1
 * @param warmUps iterations that do not count, at least 1
 * @param iterations iterations that count, at least 1
 * @param millis length of one iteration, at least 1
 * @param rows which rows are measured, by their work
 */
public record Effort(int rounds, int warmUps, int iterations, int millis, Pattern rows) {

    /**
     * Reads the system properties {@code benchmark.rounds}, {@code .warmups}, {@code .iterations}, {@code .millis} and
     * {@code .rows}.
     *
     * @return what they say; where they say nothing, an effort of which the whole comparison takes less than 15 minutes
     */
    public static Effort ofSystemProperties() {
        return new Effort(
                Integer.getInteger("benchmark.rounds", 3),
                Integer.getInteger("benchmark.warmups", 9),
                Integer.getInteger("benchmark.iterations", 4),
                Integer.getInteger("benchmark.millis", 125),
                Pattern.compile(System.getProperty("benchmark.rows", "")));
    }

    boolean covers(Row row) {
        return rows.matcher(row.work()).find();
    }
}
