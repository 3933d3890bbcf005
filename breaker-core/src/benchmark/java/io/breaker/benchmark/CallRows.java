package io.breaker.benchmark;

import io.breaker.benchmark.calls.ClosedCalls;
import io.breaker.benchmark.calls.OpenCalls;
import io.breaker.benchmark.calls.Readings;
import io.breaker.benchmark.comparison.Goal;
import io.breaker.benchmark.comparison.JmhContender;
import io.breaker.benchmark.comparison.Pace;
import io.breaker.benchmark.comparison.Row;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rows about one call, with the goals for them. */
final class CallRows {

    static final String BREAKER = "Breaker";
    private static final String UNTIMED = "Breaker, measureLatency(false)";
    private static final String RESILIENCE4J = "Resilience4j";
    private static final String BARE = "bare call";
    private static final String FLOOR = "floor: two nanoTime, one LongAdder";

    private CallRows() {}

    static List<Row> rows() {
        return List.of(
                closed(1).goal(Goal.ratio(BREAKER, RESILIENCE4J, 0.85)).goal(Goal.ratio(UNTIMED, RESILIENCE4J, 0.18)),
                closed(2).goal(Goal.ratio(BREAKER, RESILIENCE4J, 0.40)).goal(Goal.ratio(UNTIMED, RESILIENCE4J, 0.15)),
                closed(8).goal(Goal.ratio(BREAKER, RESILIENCE4J, 0.45)),
                failing(1),
                failing(2),
                open(1),
                open(2),
                timeWindow(1).goal(Goal.ratio(BREAKER, RESILIENCE4J, 0.65)),
                timeWindow(2).goal(Goal.ratio(BREAKER, RESILIENCE4J, 0.45)),
                reading());
    }

    private static Row closed(int threads) {
        Row row = Row.of("closed, success, " + threads(threads), "ns")
                .with(closed(BREAKER, "breaker").threads(threads))
                .with(closed(FLOOR, "clockAndAdder").threads(threads))
                .with(closed(RESILIENCE4J, "resilience4j").threads(threads))
                .with(reference(closed("Failsafe", "failsafe")).threads(threads))
                .with(reference(closed(BARE, "bare")).threads(threads))
                .goal(Goal.ratio(BREAKER, FLOOR, 1.3))
                .goal(Goal.bytes(BREAKER, 0));
        if (threads < 8) {
            // With eight threads on two cores the compiler does not get through Sentinel in time.
            row.with(sentinel(closed("Sentinel", "sentinel")).threads(threads))
                    .with(reference(closed("Failsafe, two steps", "failsafeInTwoSteps"))
                            .threads(threads))
                    .with(closed(UNTIMED, "breaker")
                            .settings(Map.of("measureLatency", "false"))
                            .threads(threads))
                    .goal(Goal.bytes(UNTIMED, 0));
        }
        return row;
    }

    private static Row failing(int threads) {
        Row row = Row.of("closed, every second call fails, " + threads(threads), "ns")
                .goal(Goal.ratio(BREAKER, RESILIENCE4J, 0.6))
                .goal(Goal.bytes(BREAKER, 0));
        Stream.of(
                        closed(BREAKER, "breaker"),
                        closed(RESILIENCE4J, "resilience4j"),
                        reference(closed(FLOOR, "clockAndAdder")),
                        reference(closed("two nanoTime, one shared AtomicLong", "clockAndAtomic")),
                        reference(closed("Failsafe", "failsafe")),
                        sentinel(closed("Sentinel", "sentinel")))
                .map(contender -> contender
                        .settings(Map.of("failEvery", "2", "percent", "90"))
                        .threads(threads))
                .forEach(row::with);
        return row;
    }

    private static Row open(int threads) {
        return Row.of("open, rejection, " + threads(threads), "ns")
                .with(open(BREAKER, "breaker").threads(threads))
                .with(open(RESILIENCE4J, "resilience4j").threads(threads))
                .with(reference(open("Resilience4j, no stack trace", "resilience4j"))
                        .settings(Map.of("stackTrace", "false"))
                        .threads(threads))
                .with(reference(open("Failsafe", "failsafe")).threads(threads))
                .with(sentinel(open("Sentinel", "sentinel")).threads(threads))
                .goal(Goal.ratio(BREAKER, RESILIENCE4J, 1 / 25.0))
                .goal(Goal.bytes(BREAKER, 0));
    }

    private static Row timeWindow(int threads) {
        Map<String, String> settings = Map.of("seconds", "60");
        return Row.of("time(60s), success, " + threads(threads), "ns")
                .with(closed(BREAKER, "breaker").settings(settings).threads(threads))
                .with(closed(RESILIENCE4J, "resilience4j").settings(settings).threads(threads))
                // A new breaker: of time(60s) the first slice is over before the warm-up is.
                .with(reference(closed("Breaker, time(1h) in its first slice", "breaker"))
                        .settings(Map.of("seconds", "3600"))
                        .threads(threads))
                .goal(Goal.bytes(BREAKER, 0));
    }

    private static Row reading() {
        return Row.of("snapshot() beside one writer", "ns")
                .with(JmhContender.of(BREAKER, Readings.class, "breaker")
                        .threads(2)
                        .part("readBreaker"))
                .with(JmhContender.of(RESILIENCE4J, Readings.class, "resilience4j")
                        .threads(2)
                        .part("readResilience4j"))
                .goal(Goal.ratio(BREAKER, RESILIENCE4J, 0.6));
    }

    static JmhContender closed(String name, String method) {
        return JmhContender.of(name, ClosedCalls.class, method);
    }

    private static JmhContender reference(JmhContender contender) {
        return contender.pace(Pace.REFERENCE);
    }

    private static JmhContender sentinel(JmhContender contender) {
        return contender.pace(Pace.LATE_REFERENCE);
    }

    private static JmhContender open(String name, String method) {
        return JmhContender.of(name, OpenCalls.class, method);
    }

    private static String threads(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
