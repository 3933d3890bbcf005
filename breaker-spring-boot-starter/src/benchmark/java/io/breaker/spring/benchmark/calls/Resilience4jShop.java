package io.breaker.spring.benchmark.calls;

import io.breaker.benchmark.calls.Crew;
import io.breaker.benchmark.calls.Work;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An application whose bean is guarded by the annotation of Resilience4j. */
@State(Scope.Benchmark)
public class Resilience4jShop {

    Guarded shop;
    private App app;

    /** Starts the application. */
    @Setup
    public void start() {
        App.checkOursAbsent();
        app = App.start(Guarded.class);
        shop = app.intercepted(Guarded.class);
    }

    /**
     * Stops the application, and fails the run unless the breakers are closed and one of them holds the last calls.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        long inWindow = crew.checkAllLetThrough(100);
        Crew.checkEquals("calls in the windows", inWindow, successes("orders") + successes("answered-orders"));
        app.checkMeter("resilience4j.circuitbreaker.state");
        app.close();
    }

    private int successes(String name) {
        var breaker = app.bean(CircuitBreakerRegistry.class).circuitBreaker(name);
        Crew.checkEquals(
                "state", io.github.resilience4j.circuitbreaker.CircuitBreaker.State.CLOSED, breaker.getState());
        return breaker.getMetrics().getNumberOfSuccessfulCalls();
    }

    /** The bean. */
    static class Guarded {

        @CircuitBreaker(name = "orders")
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
