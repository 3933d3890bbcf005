package io.breaker.spring.benchmark.calls;

import io.breaker.benchmark.calls.Crew;
import io.breaker.benchmark.calls.Work;
import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitSnapshot;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.annotation.CircuitBreaker;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An application whose bean is guarded by our annotation. */
@State(Scope.Benchmark)
public class BreakerShop {

    Guarded shop;
    private App app;

    /** Starts the application. */
    @Setup
    public void start() {
        App.checkTheirsAbsent();
        App.checkAbsent("org.aspectj.lang.annotation.Aspect");
        app = App.start(Guarded.class);
        app.checkMeter("circuit.breaker.state");
        shop = app.intercepted(Guarded.class);
    }

    /**
     * Stops the application, and fails the run unless the breakers are closed and have counted each call.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        crew.checkAllLetThrough(0);
        Crew.checkEquals("successes", crew.calls(), successes("orders") + successes("answered-orders"));
        app.close();
    }

    private long successes(String name) {
        CircuitSnapshot snapshot =
                app.bean(CircuitBreakerRegistry.class).find(name).orElseThrow().snapshot();
        Crew.checkEquals("state", CircuitState.CLOSED, snapshot.state());
        return snapshot.totals().succeeded();
    }

    /** The bean. */
    static class Guarded {

        @CircuitBreaker("orders")
        public Object order(Work work) {
            return work.get();
        }

        @CircuitBreaker(name = "answered-orders", fallbackMethod = "later")
        public Object answeredOrder(Work work) {
            return work.get();
        }

        Object later(Work work, CallNotPermittedException refused) {
            return work.rejected(refused);
        }
    }
}
