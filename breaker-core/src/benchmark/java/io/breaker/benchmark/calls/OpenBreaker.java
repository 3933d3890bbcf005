package io.breaker.benchmark.calls;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitSnapshot;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.cooldown.Cooldown;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A breaker of ours that a failure has opened, and that rejects every call. */
@State(Scope.Benchmark)
public class OpenBreaker {

    CircuitBreaker breaker;

    /** Makes the breaker and opens it. */
    @Setup
    public void make() {
        breaker = CircuitBreaker.of(
                "benchmark",
                settings -> settings.tripper("failureStreak(1)").cooldown(Cooldown.fixed(Settings.COOLDOWN)));
        breaker.begin().fail(WorkFailure.INSTANCE);
    }

    /**
     * Fails the run unless the breaker is open and has rejected each call.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        CircuitSnapshot snapshot = breaker.snapshot();
        crew.checkAllRejected();
        Crew.checkEquals("state", CircuitState.OPEN, snapshot.state());
        Crew.checkEquals("rejections", crew.rejections(), snapshot.totals().rejected());
    }
}
