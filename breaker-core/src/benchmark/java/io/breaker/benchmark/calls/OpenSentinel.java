package io.breaker.benchmark.calls;

import com.alibaba.csp.sentinel.slots.block.BlockException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A resource of Sentinel whose circuit failures have opened, and that rejects every call. */
@State(Scope.Benchmark)
public class OpenSentinel {

    Sentinel sentinel;

    /**
     * Makes the resource and opens its circuit.
     *
     * @param settings what all contenders are set to
     * @throws BlockException if it opens before it should
     */
    @Setup
    public void make(Settings settings) throws BlockException {
        sentinel = new Sentinel(settings);
        for (int i = 0; i < Settings.MIN_CALLS; i++) {
            try {
                sentinel.call(() -> {
                    throw WorkFailure.INSTANCE;
                });
            } catch (WorkFailure wanted) {
                Crew.checkEquals("the failure", WorkFailure.INSTANCE, wanted);
            }
        }
        Crew.checkEquals("transitions", 1, sentinel.transitions());
    }

    /**
     * Fails the run unless the circuit is as open as it was at first, and has rejected calls.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        crew.checkAllRejected();
        Crew.checkEquals("transitions", 1, sentinel.transitions());
        Crew.check(sentinel.counts().blockRequest() > 0, "no rejection was counted");
    }
}
