package io.breaker.benchmark.calls;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A resource of Sentinel whose circuit lets every call through. */
@State(Scope.Benchmark)
public class ClosedSentinel {

    Sentinel sentinel;

    /**
     * Makes the resource.
     *
     * @param settings what all contenders are set to
     */
    @Setup
    public void make(Settings settings) {
        sentinel = new Sentinel(settings);
    }

    /**
     * Fails the run unless the circuit is closed and calls were counted.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        crew.checkAllLetThrough(0);
        Crew.checkEquals("transitions", 0, sentinel.transitions());
        Crew.check(sentinel.counts().totalPass() > 0, "no call was counted");
        Crew.checkEquals("failures", crew.failures() > 0, sentinel.counts().totalException() > 0);
    }
}
