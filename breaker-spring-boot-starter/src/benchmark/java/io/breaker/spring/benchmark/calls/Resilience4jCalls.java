package io.breaker.spring.benchmark.calls;

import io.breaker.benchmark.calls.Work;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** One call of a bean that the annotation of Resilience4j guards. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Resilience4jCalls {

    @Benchmark
    public Object guarded(Resilience4jShop peer, Work work) {
        return peer.shop.order(work);
    }

    @Benchmark
    public Object answered(Resilience4jShop peer, Work work) {
        return peer.shop.answeredOrder(work);
    }
}
