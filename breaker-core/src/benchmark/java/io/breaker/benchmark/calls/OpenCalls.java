package io.breaker.benchmark.calls;

import com.alibaba.csp.sentinel.slots.block.BlockException;
import dev.failsafe.CircuitBreakerOpenException;
import io.breaker.circuitbreaker.CallNotPermittedException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** One call through a breaker that rejects it. Any other exception ends the run, a call that came through too. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OpenCalls {

    @Benchmark
    public Object breaker(OpenBreaker peer, Work work) {
        try {
            return peer.breaker.get(work);
        } catch (CallNotPermittedException rejection) {
            return work.rejected(rejection);
        }
    }

    @Benchmark
    public Object resilience4j(OpenResilience4j peer, Work work) {
        try {
            return peer.breaker.executeSupplier(work);
        } catch (io.github.resilience4j.circuitbreaker.CallNotPermittedException rejection) {
            return work.rejected(rejection);
        }
    }

    @Benchmark
    public Object failsafe(OpenFailsafe peer, FailsafeWork work) {
        try {
            return peer.executor.get(work.supplier);
        } catch (CircuitBreakerOpenException rejection) {
            return work.work.rejected(rejection);
        }
    }

    @Benchmark
    public Object sentinel(OpenSentinel peer, Work work) {
        try {
            return peer.sentinel.call(work);
        } catch (BlockException rejection) {
            return work.rejected(rejection);
        }
    }
}
