package io.breaker.spring.matrix;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What comes of a call of some types inside some policies.
 *
 * @param caller what the caller gets without a fallback: a value, the name of an exception, or {@code cancelled}
 * @param orElse what he gets with a fallback
 * @param bodies how often the method runs
 * @param totals what the breaker counts: succeeded, failed, ignored, rejected
 * @param beside what the policies count: retries, timeouts, full bulkheads
 * @param cancelled how many sources are cancelled
 */
record Row(
        Outcome outcome,
        Set<Policies> policies,
        Set<Way> ways,
        String caller,
        String orElse,
        int bodies,
        List<Long> totals,
        List<Long> beside,
        int cancelled) {

    /** Reads a table, in which lines with a {@code #} are remarks. */
    static List<Row> parse(String table) {
        return table.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\|"))
                .map(cells -> Stream.of(cells).map(String::strip).toArray(String[]::new))
                .map(cells -> new Row(
                        Outcome.valueOf(cells[0]),
                        policies(cells[1]),
                        ways(cells[2]),
                        cells[3],
                        cells[4],
                        Integer.parseInt(cells[5]),
                        numbers(cells[6]),
                        numbers(cells[7]),
                        Integer.parseInt(cells[8])))
                .toList();
    }

    private static Set<Policies> policies(String text) {
        return switch (text) {
            case "any" -> EnumSet.complementOf(EnumSet.of(Policies.BULKHEAD_AND_TIMEOUT));
            case "without retry" -> EnumSet.of(Policies.ALONE, Policies.BULKHEAD, Policies.TIMEOUT);
            case "with retry" -> EnumSet.of(Policies.RETRY, Policies.ALL);
            case "without timeout" -> EnumSet.of(Policies.ALONE, Policies.RETRY, Policies.BULKHEAD);
            case "with bulkhead" -> EnumSet.of(Policies.BULKHEAD, Policies.ALL);
            default -> EnumSet.of(Policies.valueOf(text));
        };
    }

    private static Set<Way> ways(String text) {
        return switch (text) {
            case "all" -> EnumSet.allOf(Way.class);
            case "later" -> EnumSet.complementOf(EnumSet.of(Way.PLAIN));
            case "objects" -> EnumSet.complementOf(EnumSet.of(Way.PLAIN, Way.SUSPEND));
            case "values" -> EnumSet.of(Way.PLAIN, Way.SUSPEND);
            default -> EnumSet.of(Way.valueOf(text));
        };
    }

    private static List<Long> numbers(String text) {
        return Arrays.stream(text.split(" ")).map(Long::valueOf).toList();
    }
}
