package io.breaker.spring.benchmark.calls;

import io.breaker.benchmark.calls.Work;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** One call of a bean around which somebody does nothing. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NoOpCalls {

    @Benchmark
    public Object interceptor(InterceptedShop peer, Work work) {
        return peer.shop.order(work);
    }

    @Benchmark
    public Object aspect(AspectShop peer, Work work) {
        return peer.shop.order(work);
    }
}
