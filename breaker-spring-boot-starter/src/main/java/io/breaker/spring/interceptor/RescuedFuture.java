package io.breaker.spring.interceptor;

import io.breaker.policy.Causes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a caller gets for an asynchronous call: ends like the call's stage or, where that fails, as it was rescued. */
final class RescuedFuture extends CompletableFuture<@Nullable Object> {

    private final Rescue.Attempt attempt;
    /** What this future waits for: the call, later the answer. */
    private volatile CompletionStage<?> pending;

    private RescuedFuture(CompletionStage<?> source, Rescue.Attempt attempt) {
        this.pending = source;
        this.attempt = attempt;
    }

    static RescuedFuture of(CompletionStage<?> source, Rescue.Attempt attempt) {
        RescuedFuture future = new RescuedFuture(source, attempt);
        source.whenComplete(future::sourceEnded);
        return future;
    }

    private void sourceEnded(@Nullable Object value, @Nullable Throwable thrown) {
        if (thrown == null) {
            complete(value);
        } else if (!isDone()) {
            rescue(thrown);
        }
    }

    private void rescue(Throwable thrown) {
        Throwable cause = Causes.unwrap(thrown);
        if (cause instanceof CancellationException) {
            super.completeExceptionally(thrown);
            return;
        }
        try {
            Object answer = attempt.answer(cause);
            if (answer instanceof CompletionStage<?> stage) {
                await(stage, cause);
            } else {
                complete(answer);
            }
        } catch (Throwable other) {
            super.completeExceptionally(other);
        }
    }

    private void await(CompletionStage<?> answer, Throwable first) {
        pending = answer;
        answer.whenComplete((value, thrown) -> {
            if (thrown == null) {
                complete(value);
            } else {
                Suppressed.add(Causes.unwrap(thrown), first);
                super.completeExceptionally(thrown);
            }
        });
    }

    /** Gives up on the call, and on what it waits for as far as that allows. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        tellPending(future -> future.cancel(mayInterruptIfRunning));
        return cancelled;
    }

    /** Ends the call as its caller saw it, which the breaker has to learn: {@code orTimeout}, for one, comes this way. */
    @Override
    public boolean completeExceptionally(Throwable thrown) {
        boolean ended = super.completeExceptionally(thrown);
        if (ended) {
            tellPending(future -> future.completeExceptionally(thrown));
        }
        return ended;
    }

    private void tellPending(Consumer<CompletableFuture<?>> news) {
        try {
            news.accept(pending.toCompletableFuture());
        } catch (UnsupportedOperationException deaf) {
            // The stage ends in its own time; nobody waits for it.
        }
    }
}
