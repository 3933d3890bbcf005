package io.breaker.spring.interceptor;

import io.breaker.policy.Causes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a caller gets for an asynchronous call: ends like the call's stage or, where that fails, as it was rescued. */
final class RescuedFuture extends CompletableFuture<@Nullable Object> {

    private final CompletionStage<?> call;
    private final Rescue.Attempt attempt;

    /*
     * Invariants
     *
     * - `answer` is written once, after which this future is looked at; who cancels this future looks at `answer`
     *   afterwards. So the stage of an answer that nobody waits for is cancelled by one of the two.
     */
    private volatile @Nullable CompletionStage<?> answer;

    private RescuedFuture(CompletionStage<?> call, Rescue.Attempt attempt) {
        this.call = call;
        this.attempt = attempt;
    }

    static RescuedFuture of(CompletionStage<?> call, Rescue.Attempt attempt) {
        RescuedFuture future = new RescuedFuture(call, attempt);
        call.whenComplete(future::callEnded);
        return future;
    }

    private void callEnded(@Nullable Object value, @Nullable Throwable thrown) {
        if (thrown == null) {
            super.complete(value);
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
            Object given = attempt.answer(cause);
            if (given instanceof CompletionStage<?> stage) {
                await(stage, cause);
            } else {
                super.complete(given);
            }
        } catch (Throwable other) {
            super.completeExceptionally(other);
        }
    }

    private void await(CompletionStage<?> stage, Throwable first) {
        answer = stage;
        if (isCancelled()) {
            // Given up while the fallback ran.
            tell(stage, future -> future.cancel(/* mayInterruptIfRunning= */ true));
        }
        stage.whenComplete((value, thrown) -> {
            if (thrown == null) {
                super.complete(value);
            } else {
                Causes.suppress(Causes.unwrap(thrown), first);
                super.completeExceptionally(thrown);
            }
        });
    }

    /** Gives up on the call, and on what answers it, as far as they allow. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        tell(call, future -> future.cancel(mayInterruptIfRunning));
        CompletionStage<?> awaited = answer;
        if (awaited != null) {
            tell(awaited, future -> future.cancel(mayInterruptIfRunning));
        }
        return cancelled;
    }

    /**
     * Ends the call as its caller saw it, which the breaker has to learn: {@code orTimeout}, for one, comes this way. The
     * stage of an answer is not the breaker's, and may be somebody else's too: it is left alone.
     */
    @Override
    public boolean completeExceptionally(Throwable thrown) {
        boolean ended = super.completeExceptionally(thrown);
        if (ended) {
            tell(call, future -> future.completeExceptionally(thrown));
        }
        return ended;
    }

    /** Puts a value of the caller's in place of the result, as {@code completeOnTimeout} does; the call ends likewise. */
    @Override
    public boolean complete(@Nullable Object value) {
        boolean ended = super.complete(value);
        if (ended) {
            tell(call, future -> future.complete(value));
        }
        return ended;
    }

    @SuppressWarnings("unchecked") // Nobody looks at the type of the value.
    private static void tell(CompletionStage<?> stage, Consumer<CompletableFuture<@Nullable Object>> news) {
        try {
            news.accept((CompletableFuture<@Nullable Object>) stage.toCompletableFuture());
        } catch (UnsupportedOperationException deaf) {
            // The stage ends in its own time; nobody waits for it.
        }
    }
}
