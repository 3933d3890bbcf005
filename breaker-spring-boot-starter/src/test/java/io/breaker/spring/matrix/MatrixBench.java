package io.breaker.spring.matrix;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.policy.Causes;
import io.breaker.spring.AdvancingTime;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PipelineRegistry;
import io.breaker.spring.registry.PolicyTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** An application with a till, in which calls are made one after the other; time moves only when a call needs it. */
final class MatrixBench {

    private final ApplicationContext context;
    private final AdvancingTime time;
    private final Script script;
    private final List<CompletableFuture<Void>> occupants = new ArrayList<>();

    private MatrixBench(ApplicationContext context) {
        this.context = context;
        this.time = context.getBean(AdvancingTime.class);
        this.script = context.getBean(Script.class);
    }

    /**
     * Prepares an application; a test opens a bench in it with {@link #in}.
     *
     * @param apart whether other advice stands between the breaker and the fallback
     */
    static ApplicationContextRunner application(Policies policies, boolean apart) {
        AdvancingTime time = new AdvancingTime();
        Script script = new Script(time);
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
                .withPropertyValues(policies.properties())
                .withPropertyValues(
                        "breaker.instances.till.tracker=!typeOf(java.lang.IllegalArgumentException)",
                        "breaker.instances.till.tripper=failureStreak(2)",
                        "breaker.instances.till.cooldown=fixed(10s)",
                        "breaker.instances.till.permit=concurrent(1)",
                        "breaker.instances.till.success-threshold=9")
                .withBean(AdvancingTime.class, () -> time)
                .withBean(Script.class, () -> script)
                .withBean(Till.class, () -> advised(new Till(script), apart))
                .withBean(SuspendingTill.class, () -> advised(new SuspendingTill(script::suspendingAttempt), apart));
    }

    @SuppressWarnings("unchecked") // The proxy is of a subclass.
    private static <T> T advised(T target, boolean apart) {
        if (!apart) {
            return target;
        }
        ProxyFactory factory = new ProxyFactory(target);
        factory.setProxyTargetClass(true);
        factory.addAdvice((MethodInterceptor) MethodInvocation::proceed);
        return (T) factory.getProxy();
    }

    static MatrixBench in(ApplicationContext context) {
        return new MatrixBench(context);
    }

    Script script() {
        return script;
    }

    AdvancingTime time() {
        return time;
    }

    CircuitBreaker breaker() {
        return context.getBean(Breakers.class).get("till");
    }

    Optional<Bulkhead> bulkhead() {
        return context.getBean(PipelineRegistry.class).pipeline("till").find(Bulkhead.class);
    }

    PolicyTotals beside() {
        return context.getBean(Breakers.class).totals("till");
    }

    CallTotals totals() {
        return breaker().snapshot().totals();
    }

    /** Puts somebody else into the bulkhead: into a slot, or else into the queue. */
    void occupy() {
        CompletableFuture<Void> stay = new CompletableFuture<>();
        occupants.add(stay);
        bulkhead().orElseThrow().callAsync(() -> stay);
    }

    /** Lets all others leave the bulkhead. */
    void vacate() {
        occupants.forEach(stay -> stay.complete(null));
        occupants.clear();
    }

    /** Makes a call, and tells how it ended for its caller. */
    String call(Way way, boolean orElse, Outcome outcome, boolean endAtOnce) {
        script.begin(outcome.attempts(), endAtOnce);
        outcome.before(this);
        Future<?> call =
                way.start(new Way.Tills(context.getBean(Till.class), context.getBean(SuspendingTill.class)), orElse);
        if (!call.isDone()) {
            outcome.meanwhile(this, call);
        }
        // Two attempts, and a wait between them, are the most there is.
        for (int step = 0; step < 4 && !call.isDone(); step++) {
            if (!script.endSource()) {
                time.advance(Duration.ofMillis(100));
            }
        }
        vacate();
        return ended(call);
    }

    private static String ended(Future<?> call) {
        try {
            return String.valueOf(call.get(0, TimeUnit.SECONDS));
        } catch (CancellationException cancelled) {
            return "cancelled";
        } catch (ExecutionException failed) {
            return Causes.unwrap(failed).getClass().getSimpleName();
        } catch (TimeoutException pending) {
            return "nothing";
        } catch (InterruptedException interrupted) {
            return "interrupted";
        }
    }
}
