package io.breaker.spring.registry;

import io.breaker.pipeline.Pipeline;

/**
 * What one call of a guarded method goes through. Immutable.
 *
 * @param pipeline the policies around the call
 * @param repeats whether they may make the call more than once
 */
public record Passage(Pipeline pipeline, boolean repeats) {}
