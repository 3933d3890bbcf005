package io.breaker.benchmark.calls;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A breaker of Failsafe that lets every call through. */
@State(Scope.Benchmark)
public class ClosedFailsafe {

    CircuitBreaker<Object> breaker;
    FailsafeExecutor<Object> executor;
    private Settings settings;

    /**
     * Makes the breaker.
     *
     * @param common what all contenders are set to
     */
    @Setup
    public void make(Settings common) {
        settings = common;
        breaker = CircuitBreaker.builder()
                .withFailureThreshold(settings.size * settings.percent / 100, settings.size)
                .withDelay(Settings.COOLDOWN)
                .build();
        executor = Failsafe.with(breaker);
    }

    /**
     * Fails the run unless the breaker is closed and its window holds the last calls.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        long inWindow = crew.checkAllLetThrough(settings.size);
        Crew.check(breaker.isClosed(), "state: " + breaker.getState());
        Crew.checkEquals("calls in the window", inWindow, breaker.getExecutionCount());
        Crew.checkEquals("failures", crew.failures() > 0, breaker.getFailureCount() > 0);
    }
}
