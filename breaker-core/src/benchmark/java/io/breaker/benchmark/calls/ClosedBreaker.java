package io.breaker.benchmark.calls;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitSnapshot;
import io.breaker.circuitbreaker.CircuitState;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A breaker of ours that lets every call through. */
@State(Scope.Benchmark)
public class ClosedBreaker {

    CircuitBreaker breaker;
    private Settings settings;

    /**
     * Makes the breaker.
     *
     * @param common what all contenders are set to
     */
    @Setup
    public void make(Settings common) {
        settings = common;
        breaker = CircuitBreaker.of(
                "benchmark",
                builder -> builder.window(settings.window())
                        .tripper(settings.tripper())
                        .measureLatency(settings.measureLatency));
    }

    /**
     * Fails the run unless the breaker is closed and has counted each call.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        CircuitSnapshot snapshot = breaker.snapshot();
        long inWindow = crew.checkAllLetThrough(settings.timeWindow() ? Long.MAX_VALUE : settings.size);
        Crew.checkEquals("state", CircuitState.CLOSED, snapshot.state());
        Crew.checkEquals(
                "successes", crew.calls() - crew.failures(), snapshot.totals().succeeded());
        Crew.checkEquals("failures", crew.failures(), snapshot.totals().failed());
        Crew.checkEquals("calls in the window", inWindow, snapshot.stats().total());
        Crew.check(
                crew.failures() == 0 || settings.size < 64 || snapshot.stats().failures() > 0,
                "no failure in the window");
    }
}
