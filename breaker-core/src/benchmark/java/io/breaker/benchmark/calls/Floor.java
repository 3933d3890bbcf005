package io.breaker.benchmark.calls;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Does the least that a breaker must do: reads the clock twice and counts. */
@State(Scope.Benchmark)
public class Floor {

    private final LongAdder adder = new LongAdder();
    private final AtomicLong atomic = new AtomicLong();

    Object callWithAdder(Work work, Blackhole blackhole) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            blackhole.consume(System.nanoTime() - start);
            adder.increment();
        }
    }

    Object callWithAtomic(Work work, Blackhole blackhole) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            blackhole.consume(System.nanoTime() - start);
            atomic.incrementAndGet();
        }
    }

    /**
     * Fails the run unless each call was counted.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        crew.checkAllLetThrough(0);
        Crew.checkEquals("calls", crew.calls(), adder.sum() + atomic.get());
    }
}
