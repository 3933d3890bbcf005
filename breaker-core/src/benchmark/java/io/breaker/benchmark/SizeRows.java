package io.breaker.benchmark;

import io.breaker.benchmark.comparison.Goal;
import io.breaker.benchmark.comparison.JmhContender;
import io.breaker.benchmark.comparison.Pace;
import io.breaker.benchmark.comparison.Row;
import java.util.List;
import java.util.Map;

/** The rows about settings that must not make a call dearer: the size of the window, the length of the tripper. */
final class SizeRows {

    /** How much of a difference between two equal figures is noise. */
    private static final double FLAT = 1.15;

    /** What one more rule may cost. */
    private static final double NANOS_PER_TERM = 3;

    private SizeRows() {}

    static List<Row> rows() {
        return List.of(
                windows("clean", "0"),
                windows("one call in 64 fails", "64"),
                trippers("success", "0"),
                trippers("every second call fails", "2"));
    }

    private static Row windows(String calls, String failEvery) {
        Row row = Row.of("size of the window, " + calls, "ns");
        for (int size : new int[] {64, 1_000, 100_000}) {
            row.with(breaker(window(size), Map.of("size", Integer.toString(size), "failEvery", failEvery)));
        }
        return row.goal(Goal.ratio(window(1_000), window(64), FLAT))
                .goal(Goal.ratio(window(100_000), window(64), FLAT));
    }

    private static Row trippers(String calls, String failEvery) {
        Row row = Row.of("length of the tripper, " + calls, "ns");
        for (int terms : new int[] {1, 5, 20}) {
            row.with(breaker(tripper(terms), Map.of("terms", Integer.toString(terms), "failEvery", failEvery)));
        }
        return row.goal(Goal.difference(tripper(5), tripper(1), 4 * NANOS_PER_TERM))
                .goal(Goal.difference(tripper(20), tripper(1), 19 * NANOS_PER_TERM));
    }

    private static JmhContender breaker(String name, Map<String, String> settings) {
        JmhContender breaker = CallRows.closed(name, "breaker").settings(settings);
        // They are compared with each other, which needs no more rounds than an idea does.
        return breaker.pace(Pace.REFERENCE);
    }

    private static String window(int size) {
        return "count(" + size + ")";
    }

    private static String tripper(int terms) {
        return terms == 1 ? "1 term" : terms + " terms";
    }
}
