package io.breaker.policy;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands around a call: makes it, refuses it, or does more about it.
 *
 * <p>Implementations are safe for concurrent use. A refusal is a {@link CallRejectedException}.
 */
public interface Policy {

    /**
     * Makes a call on the calling thread.
     *
     * @param call what to call
     * @param <T> the type of the result
     * @return what the call returned
     * @throws CallRejectedException if the policy does not let the call be made
     * @throws Exception what the call threw, unchanged
     */
    <T extends @Nullable Object> T call(Callable<T> call) throws Exception;

    /**
     * Makes a call that throws no checked exception on the calling thread.
     *
     * @param call what to call
     * @param <T> the type of the result
     * @return what the call returned
     * @throws CallRejectedException if the policy does not let the call be made
     */
    <T extends @Nullable Object> T get(Supplier<T> call);

    /**
     * Makes a call without a result on the calling thread.
     *
     * @param call what to call
     * @throws CallRejectedException if the policy does not let the call be made
     */
    void run(Runnable call);

    /**
     * Makes a call whose result comes later. Never throws: a refusal, a supplier that throws and a supplier that
     * returns no stage all come back as a failed stage.
     *
     * <p>Cancelling the returned stage cancels the stage of the supplier as far as that stage allows.
     *
     * @param call what to call; returns the stage that ends when the call ends
     * @param <T> the type of the result
     * @return a stage that ends like the supplier's, or has failed already
     */
    <T extends @Nullable Object> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call);
}
