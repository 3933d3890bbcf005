package io.breaker.spring.registry;

import io.breaker.pipeline.Pipeline;

/**
 * Gives the pipelines of an application by name, for calls in code:
 *
 * <pre>{@code
 * Receipt receipt = pipelines.pipeline("payments").call(() -> client.charge(order), Fallback.of(Receipt.PENDING));
 * }</pre>
 *
 * <p>A pipeline consists of the breaker of that name and of the retry, the bulkhead and the timeout that its properties
 * ask for. Annotated methods of the same name run in the same one. Safe for concurrent use.
 */
public final class PipelineRegistry {

    private final Breakers breakers;

    /**
     * Makes a registry.
     *
     * @param breakers makes the pipelines
     */
    public PipelineRegistry(Breakers breakers) {
        this.breakers = breakers;
    }

    /**
     * Gives a pipeline; makes it, and its breaker, of its properties if there is none of that name.
     *
     * @param name the name
     * @return the pipeline with the settings it has now. It may be kept as long as the settings of its retry, bulkhead and
     *     timeout do not change while the application runs: to follow them, ask for it with each call. Without policies, so
     *     that calls pass through and are not counted, where {@code enabled} is false for the name or for all.
     * @throws IllegalArgumentException if the name is blank or contains {@code /}
     */
    public Pipeline pipeline(String name) {
        return breakers.pipeline(name);
    }
}
