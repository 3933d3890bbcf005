package io.breaker.policy;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * For policies: a stage whose caller may end it himself, which then settles its call, as that of a circuit breaker does.
 *
 * <p>Who follows such a stage passes on how his own caller ended the call. What stands behind the stage is left alone.
 *
 * @param <T> the type of the result
 */
public interface SettledStage<T extends @Nullable Object> extends CompletionStage<T> {

    /**
     * Ends the stage with a value, unless it has ended.
     *
     * @param value the value
     * @return whether it ended by that
     */
    boolean complete(T value);

    /**
     * Ends the stage with a failure, unless it has ended.
     *
     * @param thrown the failure
     * @return whether it ended by that
     */
    boolean completeExceptionally(Throwable thrown);
}
