package io.breaker.circuitbreaker;

import io.breaker.policy.Causes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets for an asynchronous call: ends like the call's own stage, right after the call was settled.
 *
 * @param <T> the type of the result
 */
final class SettlingFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final CompletionStage<T> source;
    private final OngoingCall call;

    private SettlingFuture(CompletionStage<T> source, OngoingCall call) {
        this.source = source;
        this.call = call;
    }

    static <T extends @Nullable Object> CompletionStage<T> of(CompletionStage<T> source, OngoingCall call) {
        SettlingFuture<T> future = new SettlingFuture<>(source, call);
        source.whenComplete(future::sourceEnded);
        return future;
    }

    // whenComplete hands null for the value of a failed stage and for the exception of a completed one.
    private void sourceEnded(T value, @Nullable Throwable thrown) {
        if (thrown == null) {
            call.returned(value);
            complete(value);
            return;
        }
        Throwable cause = Causes.unwrap(thrown);
        if (cause instanceof CancellationException) {
            call.ignore();
        } else {
            call.fail(cause);
        }
        super.completeExceptionally(thrown);
    }

    /** Gives up on the call: settles it as ignored, and cancels the source as far as it allows. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return isCancelled();
        }
        call.ignore();
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        try {
            source.toCompletableFuture().cancel(mayInterruptIfRunning);
        } catch (UnsupportedOperationException notCancellable) {
            // The source ends in its own time; nobody waits for it.
        }
        return cancelled;
    }

    /** Ends the call as its caller saw it: {@code orTimeout}, for one, comes this way while the source is still running. */
    @Override
    public boolean completeExceptionally(Throwable thrown) {
        if (!isDone()) {
            call.fail(Causes.unwrap(thrown));
        }
        return super.completeExceptionally(thrown);
    }
}
