package io.breaker.circuitbreaker;

import io.breaker.policy.Causes;
import io.breaker.policy.DelayedStage;
import io.breaker.policy.FoundStage;
import io.breaker.policy.SettledStage;
import io.breaker.policy.SourcedStage;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets for an asynchronous call: ends like the call's own stage, right after the call was settled.
 *
 * <p>Whoever ends the call ends the future: so the two agree, also when a caller gives up at the moment in which the source
 * ends.
 *
 * @param <T> the type of the result
 */
final class SettlingFuture<T extends @Nullable Object> extends CompletableFuture<T> implements SettledStage<T> {

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
        if (SourcedStage.sourceOf(source) instanceof FoundStage<?> ended && ended.wasFound()) {
            call.forgetStart();
        }
        if (thrown != null) {
            completeExceptionally(thrown);
        } else if (call.endReturned(value, waited())) {
            super.complete(value);
        }
    }

    /** Gives up on the call: settles it as ignored, and cancels the source as far as it allows. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!call.endIgnored()) {
            return isCancelled();
        }
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        try {
            source.toCompletableFuture().cancel(mayInterruptIfRunning);
        } catch (RuntimeException notCancellable) {
            // A stage need not allow it. The source ends in its own time; nobody waits for it.
        }
        return cancelled;
    }

    /**
     * Ends the call with what its source threw, or as its caller saw it: {@code orTimeout}, for one, comes this way while
     * the source is still running.
     */
    @Override
    public boolean completeExceptionally(Throwable thrown) {
        Throwable cause = Causes.unwrap(thrown);
        boolean first = cause instanceof CancellationException ? call.endIgnored() : call.endWith(cause, waited());
        return first && super.completeExceptionally(thrown);
    }

    /** What does not count as latency, whoever ends the call. */
    private Duration waited() {
        return source instanceof DelayedStage<?> delayed ? delayed.waited() : Duration.ZERO;
    }

    /** Puts a value of the caller's in place of the result: that says nothing about the call. */
    @Override
    public boolean complete(T value) {
        return call.endIgnored() && super.complete(value);
    }
}
