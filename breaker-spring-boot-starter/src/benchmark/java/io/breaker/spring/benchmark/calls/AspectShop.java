package io.breaker.spring.benchmark.calls;

import io.breaker.benchmark.calls.Crew;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An aspect that does nothing. */
@State(Scope.Benchmark)
public class AspectShop {

    Shop shop;
    private App app;

    /** Starts the application. */
    @Setup
    public void start() {
        App.checkOursAbsent();
        App.checkTheirsAbsent();
        app = App.start(Shop.class, NoOp.class);
        shop = app.intercepted(Shop.class);
    }

    /**
     * Stops the application, and fails the run unless calls were made.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        crew.checkAllLetThrough(0);
        app.close();
    }

    /** Stands around the shop. */
    @Aspect
    static class NoOp {

        @Around("execution(* io.breaker.spring.benchmark.calls.Shop.*(..))")
        Object around(ProceedingJoinPoint call) throws Throwable {
            return call.proceed();
        }
    }
}
