package io.breaker.benchmark.calls;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Nothing around the call. */
@State(Scope.Benchmark)
public class Bare {

    /**
     * Fails the run unless calls were made.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        crew.checkAllLetThrough(0);
    }
}
