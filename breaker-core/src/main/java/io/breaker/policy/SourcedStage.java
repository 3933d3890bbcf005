package io.breaker.policy;

import java.util.concurrent.CompletionStage;

/**
 * For policies: a stage that may end before the call it was made for does, as a timeout's stage ends when the call takes
 * too long.
 *
 * <p>Who keeps something for as long as the call itself lasts, as a bulkhead keeps a slot, waits for the {@link #source}.
 *
 * @param <T> the type of the result
 */
public interface SourcedStage<T> extends CompletionStage<T> {

    /**
     * Gives the stage behind this one.
     *
     * @return the stage that ends when the call ends
     */
    CompletionStage<?> source();

    /**
     * Looks behind every stage that may end early.
     *
     * @param stage any stage
     * @return the innermost {@link #source}; the stage itself where nothing stands before it
     */
    static CompletionStage<?> sourceOf(CompletionStage<?> stage) {
        CompletionStage<?> source = stage;
        while (source instanceof SourcedStage<?> sourced && sourced.source() != sourced) {
            source = sourced.source();
        }
        return source;
    }
}
