package io.breaker.benchmark.calls;

import io.breaker.circuitbreaker.CircuitSnapshot;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reads all that a breaker tells of itself, as an exporter of metrics does, while one thread makes calls as fast as it
 * can.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Readings {

    @Benchmark
    @Group("breaker")
    @GroupThreads(1)
    public void readBreaker(ClosedBreaker peer, Blackhole blackhole) {
        CircuitSnapshot snapshot = peer.breaker.snapshot();
        blackhole.consume(snapshot.stats().failureRate());
        blackhole.consume(snapshot);
    }

    @Benchmark
    @Group("breaker")
    @GroupThreads(1)
    public Object callBreaker(ClosedBreaker peer, Work work) {
        return peer.breaker.get(work);
    }

    @Benchmark
    @Group("resilience4j")
    @GroupThreads(1)
    public void readResilience4j(ClosedResilience4j peer, Blackhole blackhole) {
        CircuitBreaker.Metrics metrics = peer.breaker.getMetrics();
        blackhole.consume(peer.breaker.getState());
        blackhole.consume(metrics.getFailureRate());
        blackhole.consume(metrics.getSlowCallRate());
        blackhole.consume(metrics.getNumberOfBufferedCalls());
        blackhole.consume(metrics.getNumberOfFailedCalls());
        blackhole.consume(metrics.getNumberOfSuccessfulCalls());
        blackhole.consume(metrics.getNumberOfSlowCalls());
        blackhole.consume(metrics.getNumberOfSlowFailedCalls());
        blackhole.consume(metrics.getNumberOfSlowSuccessfulCalls());
        blackhole.consume(metrics.getNumberOfNotPermittedCalls());
    }

    @Benchmark
    @Group("resilience4j")
    @GroupThreads(1)
    public Object callResilience4j(ClosedResilience4j peer, Work work) {
        return peer.breaker.executeSupplier(work);
    }
}
