package io.breaker.spring.autoconfigure;

/** What is known here of Resilience4j. */
final class Resilience4j {

    /**
     * A class of its starter. Where that is present, Resilience4j may have the ids {@code circuitbreakers} of the endpoint
     * and {@code circuitBreakers} of the health component.
     */
    static final String STARTER =
            "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration";

    private Resilience4j() {}
}
