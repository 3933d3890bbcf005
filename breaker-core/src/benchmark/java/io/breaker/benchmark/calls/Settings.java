package io.breaker.benchmark.calls;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What all contenders of a row are set to. Left alone, these are the defaults of Breaker. */
@State(Scope.Benchmark)
public class Settings {

    /** From how many calls on a rate counts. */
    static final int MIN_CALLS = 20;

    /** Longer than any run: who is open stays open. */
    static final Duration COOLDOWN = Duration.ofHours(1);

    private static final List<String> TERMS = List.of("failureCount(%d)", "failureStreak(%d)", "failureRate(0.%d)");

    /** Calls in a count window. */
    @Param("100")
    public int size;

    /** Seconds in a time window, which there is instead of the count window unless this is 0. */
    @Param("0")
    public int seconds;

    /** The failure rate that trips, in percent. */
    @Param("50")
    public int percent;

    /** Whether calls are timed. */
    @Param("true")
    public boolean measureLatency;

    /** How many rules stand in the tripper beside {@code minRequests}; 0 for the tripper that is the default. */
    @Param("0")
    public int terms;

    boolean timeWindow() {
        return seconds > 0;
    }

    String window() {
        return timeWindow() ? "time(" + seconds + "s)" : "count(" + size + ")";
    }

    String tripper() {
        if (terms == 0) {
            String rate = "failureRate(" + percent / 100.0 + ")";
            return "(closed & minRequests(" + MIN_CALLS + ") & " + rate + ") | (halfOpened & " + rate + ")";
        }
        // Built-in rules of several kinds, each with a figure of its own, none of which ever holds.
        return IntStream.range(0, terms)
                .mapToObj(i -> String.format(TERMS.get(i % TERMS.size()), 75 + i))
                .collect(Collectors.joining(" | ", "minRequests(" + MIN_CALLS + ") & (", ")"));
    }
}
