package io.breaker.policy;

import java.util.concurrent.CompletionStage;

/**
 * For policies: a stage of a call that tells nobody when it ends, such as one with a plain
 * {@link java.util.concurrent.Future}. The stage ends when somebody looks and finds the call ended.
 *
 * <p>How long the call took is then not known: a circuit breaker records it without a latency.
 *
 * @param <T> the type of the result
 */
public interface FoundStage<T> extends CompletionStage<T> {

    /**
     * Tells why the stage has ended.
     *
     * @return true if the call was found ended; false if the stage was ended from outside, for example by a timeout,
     *     and before it ends
     */
    boolean wasFound();

    /**
     * Looks whether the call has ended, and if so, ends the stage: for who needs what the call keeps. Does not wait.
     */
    void look();
}
