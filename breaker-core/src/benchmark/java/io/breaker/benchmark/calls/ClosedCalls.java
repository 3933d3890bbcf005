package io.breaker.benchmark.calls;

import com.alibaba.csp.sentinel.slots.block.BlockException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** One call through a breaker that lets it through. Anything but the work's own exception ends the run. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClosedCalls {

    @Benchmark
    public Object bare(Bare bare, Work work) {
        try {
            return work.get();
        } catch (WorkFailure failure) {
            return failure;
        }
    }

    @Benchmark
    public Object clockAndAdder(Floor floor, Work work, Blackhole blackhole) {
        try {
            return floor.callWithAdder(work, blackhole);
        } catch (WorkFailure failure) {
            return failure;
        }
    }

    @Benchmark
    public Object clockAndAtomic(Floor floor, Work work, Blackhole blackhole) {
        try {
            return floor.callWithAtomic(work, blackhole);
        } catch (WorkFailure failure) {
            return failure;
        }
    }

    @Benchmark
    public Object breaker(ClosedBreaker peer, Work work) {
        try {
            return peer.breaker.get(work);
        } catch (WorkFailure failure) {
            return failure;
        }
    }

    @Benchmark
    public Object resilience4j(ClosedResilience4j peer, Work work) {
        try {
            return peer.breaker.executeSupplier(work);
        } catch (WorkFailure failure) {
            return failure;
        }
    }

    @Benchmark
    public Object failsafe(ClosedFailsafe peer, FailsafeWork work) {
        try {
            return peer.executor.get(work.supplier);
        } catch (WorkFailure failure) {
            return failure;
        }
    }

    /** Failsafe's other way: it reads no clock and returns no value, and the caller tells how the call ended. */
    @Benchmark
    public Object failsafeInTwoSteps(ClosedFailsafe peer, Work work) {
        peer.breaker.acquirePermit();
        try {
            Object result = work.get();
            peer.breaker.recordSuccess();
            return result;
        } catch (WorkFailure failure) {
            peer.breaker.recordException(failure);
            return failure;
        }
    }

    @Benchmark
    public Object sentinel(ClosedSentinel peer, Work work) throws BlockException {
        try {
            return peer.sentinel.call(work);
        } catch (WorkFailure failure) {
            return failure;
        }
    }
}
