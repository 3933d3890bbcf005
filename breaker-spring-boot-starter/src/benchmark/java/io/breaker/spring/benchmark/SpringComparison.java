package io.breaker.spring.benchmark;

import io.breaker.benchmark.comparison.ClassPath;
import io.breaker.benchmark.comparison.Comparison;
import io.breaker.benchmark.comparison.Goal;
import io.breaker.benchmark.comparison.JmhContender;
import io.breaker.benchmark.comparison.Pace;
import io.breaker.benchmark.comparison.Row;
import io.breaker.spring.benchmark.calls.BreakerCalls;
import io.breaker.spring.benchmark.calls.NoOpCalls;
import io.breaker.spring.benchmark.calls.Resilience4jCalls;
import io.breaker.spring.benchmark.start.NoOpInterceptors;
import io.breaker.spring.benchmark.start.Start;
import java.util.List;

/** Compares the starter with its peers. */
public final class SpringComparison {

    private static final String BREAKER = "Breaker";
    private static final String ANSWERED = "Breaker, with fallbackMethod";
    private static final String RESILIENCE4J = "Resilience4j";
    private static final String FLOOR = "floor: no-op interceptor";
    private static final String PLAIN = "plain application";

    /** How much of a difference between two equal figures is noise. */
    private static final double NO_DEARER = 1.15;

    /** How long a start takes differs by much more from one process to the next than what is asked here. */
    private static final int STARTS_PER_ROUND = 2;

    private SpringComparison() {}

    /**
     * Measures, and writes the page.
     *
     * @param arguments none
     * @throws Exception if a self-check fails
     */
    public static void main(String[] arguments) throws Exception {
        Comparison.run("A Spring Boot application", List.of(annotatedBean(), start()));
    }

    private static Row annotatedBean() {
        return Row.of("annotated Spring bean, success, 1 thread", "ns")
                .with(call(BREAKER, BreakerCalls.class, "guarded", Stacks.breaker()))
                .with(call(ANSWERED, BreakerCalls.class, "answered", Stacks.breaker()))
                .with(call(FLOOR, NoOpCalls.class, "interceptor", Stacks.plain()))
                .with(call(RESILIENCE4J, Resilience4jCalls.class, "guarded", Stacks.resilience4j())
                        .pace(Pace.LATE_GOAL))
                .with(call(
                                RESILIENCE4J + ", with fallbackMethod",
                                Resilience4jCalls.class,
                                "answered",
                                Stacks.resilience4j())
                        .pace(Pace.LATE_REFERENCE))
                .with(call("no-op @Aspect", NoOpCalls.class, "aspect", Stacks.aspectj())
                        .pace(Pace.REFERENCE))
                .goal(Goal.ratio(BREAKER, FLOOR, 4))
                .goal(Goal.ratio(BREAKER, RESILIENCE4J, 1 / 8.0))
                .goal(Goal.bytes(BREAKER, 160))
                .goal(Goal.ratio(ANSWERED, BREAKER, NO_DEARER))
                .goal(Goal.bytes(ANSWERED, 160));
    }

    private static Row start() {
        String ours = "io.breaker.spring.annotation.CircuitBreaker";
        String theirs = "io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker";
        return Row.of("start of a Boot application with 100 instances", "ms")
                .times(STARTS_PER_ROUND)
                .with(Start.of(PLAIN, Stacks.plain()))
                .with(Start.of(BREAKER, Stacks.packedBreaker()).annotated(ours))
                .with(Start.of("floor: the 10 beans behind a no-op interceptor", Stacks.plain())
                        .source(NoOpInterceptors.class)
                        .pace(Pace.REFERENCE))
                .with(Start.of(BREAKER + ", instances that no bean asks for", Stacks.packedBreaker())
                        .pace(Pace.REFERENCE))
                .with(Start.of(RESILIENCE4J, Stacks.resilience4j())
                        .annotated(theirs)
                        .pace(Pace.REFERENCE))
                .goal(Goal.difference(BREAKER, PLAIN, 150));
    }

    private static JmhContender call(String name, Class<?> type, String method, ClassPath classPath) {
        return JmhContender.of(name, type, method).classPath(classPath);
    }
}
