package io.breaker.benchmark.calls;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A breaker of Failsafe that rejects every call. */
@State(Scope.Benchmark)
public class OpenFailsafe {

    FailsafeExecutor<Object> executor;
    private CircuitBreaker<Object> breaker;

    /** Makes the breaker and opens it. */
    @Setup
    public void make() {
        breaker = CircuitBreaker.builder().withDelay(Settings.COOLDOWN).build();
        breaker.open();
        executor = Failsafe.with(breaker);
    }

    /**
     * Fails the run unless the breaker is open and let no call through.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        crew.checkAllRejected();
        Crew.check(breaker.isOpen(), "state: " + breaker.getState());
    }
}
