package io.breaker.benchmark.memory;

import io.breaker.benchmark.comparison.Goal;
import io.breaker.benchmark.comparison.Row;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.List;

/** The rows about memory: a breaker that nobody has used, and one that has seen calls of both kinds. */
public final class Footprints {

    private static final int CALLS = 10_000;
    private static final int KILOBYTE = 1024;
    private static final RuntimeException FAILURE = new RuntimeException("made once");

    private Footprints() {}

    /**
     * Gives the rows.
     *
     * @return one row for each window
     */
    public static List<Row> rows() {
        return List.of(
                row("count(100)", 100, SlidingWindowType.COUNT_BASED, 1),
                row("count(1000)", 1000, SlidingWindowType.COUNT_BASED, 3),
                row("time(60s)", 60, SlidingWindowType.TIME_BASED, 3));
    }

    private static Row row(String window, int size, SlidingWindowType type, int goalInKilobytes) {
        String used = "Breaker, used";
        return Row.of("memory of one breaker, " + window, "B")
                .with(new Footprint("Breaker, new", () -> breaker(window)))
                .with(new Footprint(used, () -> used(breaker(window))))
                .with(new Footprint("Resilience4j, new", () -> resilience4j(size, type)))
                .with(new Footprint("Resilience4j, used", () -> used(resilience4j(size, type))))
                .goal(Goal.atMost(used, goalInKilobytes * KILOBYTE));
    }

    private static CircuitBreaker breaker(String window) {
        return CircuitBreaker.of("breaker", settings -> settings.window(window).tripper("failureRate(1.0)"));
    }

    private static io.github.resilience4j.circuitbreaker.CircuitBreaker resilience4j(int size, SlidingWindowType type) {
        return io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "breaker",
                CircuitBreakerConfig.custom()
                        .slidingWindow(size, 1, type)
                        .failureRateThreshold(100)
                        .build());
    }

    private static CircuitBreaker used(CircuitBreaker breaker) {
        for (int i = 0; i < CALLS; i++) {
            var call = breaker.begin();
            if (i % 2 == 0) {
                call.succeed();
            } else {
                call.fail(FAILURE);
            }
        }
        return breaker;
    }

    private static io.github.resilience4j.circuitbreaker.CircuitBreaker used(
            io.github.resilience4j.circuitbreaker.CircuitBreaker breaker) {
        for (int i = 0; i < CALLS; i++) {
            breaker.acquirePermission();
            if (i % 2 == 0) {
                breaker.onSuccess(0, breaker.getTimestampUnit());
            } else {
                breaker.onError(0, breaker.getTimestampUnit(), FAILURE);
            }
        }
        return breaker;
    }
}
