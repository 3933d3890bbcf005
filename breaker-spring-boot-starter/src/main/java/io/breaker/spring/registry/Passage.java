package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.pipeline.Pipeline;

/**
 * What one call of a guarded method or HTTP client goes through. Immutable.
 *
 * @param pipeline the policies around the call
 * @param breaker the breaker of that name, which stands among them unless it is not enabled
 * @param repeats whether they may make the call more than once
 */
public record Passage(Pipeline pipeline, CircuitBreaker breaker, boolean repeats) {}
