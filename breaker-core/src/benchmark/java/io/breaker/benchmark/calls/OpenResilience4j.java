package io.breaker.benchmark.calls;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A breaker of Resilience4j that rejects every call. */
@State(Scope.Benchmark)
public class OpenResilience4j {

    /** Whether a rejection carries a stack trace, as it does by default. */
    @Param("true")
    public boolean stackTrace;

    CircuitBreaker breaker;

    /** Makes the breaker and opens it. */
    @Setup
    public void make() {
        breaker = CircuitBreaker.of(
                "benchmark",
                CircuitBreakerConfig.custom()
                        .waitDurationInOpenState(Settings.COOLDOWN)
                        .writableStackTraceEnabled(stackTrace)
                        .build());
        breaker.transitionToOpenState();
    }

    /**
     * Fails the run unless the breaker is open and has rejected each call.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        crew.checkAllRejected();
        Crew.checkEquals("state", CircuitBreaker.State.OPEN, breaker.getState());
        Crew.checkEquals("rejections", crew.rejections(), breaker.getMetrics().getNumberOfNotPermittedCalls());
    }
}
