package io.breaker.policy;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * For policies: what a caller gets for a call that takes several steps, one after another. A step is a stage that it
 * follows, or a wait for the next one.
 *
 * <p>A caller who ends the future himself ends the call: no further step begins, a wait is given up, and
 * {@link #cancel} also cancels the stage that is followed, as far as that stage allows. A {@link SettledStage} is told of
 * any other end. Safe for concurrent use.
 *
 * @param <T> the type of the result
 */
public abstract class RelayFuture<T extends @Nullable Object> extends CompletableFuture<T> implements SettledStage<T> {

    /*
     * Invariants
     *
     * - Steps come one after another; only the step under way writes `step`, before it begins.
     * - A step writes `step` and then asks isDone(); a caller ends the future and then reads `step`. So whichever of the
     *   two comes second stops the step.
     */
    private volatile Step step = Step.NONE;

    /** Makes a future that follows nothing yet. */
    protected RelayFuture() {}

    /** What the call does at the moment. */
    @FunctionalInterface
    protected interface Step {

        /** Nothing that could be stopped. */
        Step NONE = cancelled -> {};

        /**
         * Stops the step, if it is still under way. May be called more than once.
         *
         * @param cancelled whether the caller cancelled the call; false where he ended it otherwise
         */
        void stop(boolean cancelled);
    }

    /**
     * Begins a step, unless the caller has ended the call.
     *
     * @param next how to stop the step
     * @return whether the step may begin
     */
    protected final boolean begin(Step next) {
        step = next;
        return !isDone();
    }

    /**
     * Follows a stage until it ends, unless the caller has ended the call. What the supplier throws, that it returns no
     * stage, and one that cannot be followed, are failures like any other.
     *
     * @param call gives the stage
     */
    protected final void follow(Supplier<? extends CompletionStage<T>> call) {
        if (isDone()) {
            return;
        }
        CompletionStage<T> source;
        try {
            source = Objects.requireNonNull(call.get(), "the call returned no stage");
        } catch (Throwable thrown) {
            stepFailed(thrown);
            return;
        }
        Following<T> following = new Following<>(source);
        if (!begin(following)) {
            following.stop(isCancelled());
            following.endLike(this);
        }
        try {
            source.whenComplete(this::sourceEnded);
        } catch (Throwable thrown) {
            // Nobody will tell when such a stage ends, and the caller must not wait for ever.
            stepFailed(thrown);
        }
    }

    /**
     * Does what follows on a success: {@link #succeed}, where nothing is left to do. Must not throw.
     *
     * @param value what the stage ended with
     */
    protected abstract void stepSucceeded(T value);

    /**
     * Does what follows on a failure: {@link #fail}, or another step. Must not throw.
     *
     * @param thrown what the stage ended with, as it came: perhaps in a {@code CompletionException}
     */
    protected abstract void stepFailed(Throwable thrown);

    /**
     * Ends the call with a value, unless the caller has ended it.
     *
     * @param value the result
     */
    protected final void succeed(T value) {
        super.complete(value);
    }

    /**
     * Ends the call with a failure, unless the caller has ended it.
     *
     * @param thrown the failure
     */
    protected final void fail(Throwable thrown) {
        super.completeExceptionally(thrown);
    }

    // whenComplete hands null for the value of a failed stage and for the exception of a completed one.
    private void sourceEnded(T value, @Nullable Throwable thrown) {
        if (isDone()) {
            return;
        }
        if (thrown != null) {
            stepFailed(thrown);
        } else {
            stepSucceeded(value);
        }
    }

    /** Gives up on the call: stops the step under way, and cancels the stage that is followed. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            step.stop(/* cancelled= */ true);
        }
        return cancelled;
    }

    /** Gives up on the call with a failure of the caller's, as {@code orTimeout} does. */
    @Override
    public boolean completeExceptionally(Throwable thrown) {
        return endedIf(super.completeExceptionally(thrown));
    }

    /** Gives up on the call with a value of the caller's. */
    @Override
    public boolean complete(T value) {
        return endedIf(super.complete(value));
    }

    /** Stops the step under way, and lets the call that is followed know how its caller ended it. */
    @SuppressWarnings("unchecked") // Only `follow` makes such a step.
    private boolean endedIf(boolean first) {
        if (first) {
            Step last = step;
            last.stop(/* cancelled= */ false);
            if (last instanceof Following<?> following) {
                ((Following<T>) following).endLike(this);
            }
        }
        return first;
    }

    /** The stage that is followed. */
    private record Following<T extends @Nullable Object>(CompletionStage<T> source) implements Step {

        @Override
        public void stop(boolean cancelled) {
            if (!cancelled) {
                return;
            }
            try {
                source.toCompletableFuture().cancel(/* mayInterruptIfRunning= */ true);
            } catch (RuntimeException notCancellable) {
                // A stage need not allow it. The source ends in its own time; nobody waits for it.
            }
        }

        /** Lets the call know how its caller ended it. */
        void endLike(CompletionStage<T> ended) {
            if (source instanceof SettledStage<T> settled) {
                // whenComplete hands null for the value of a failed stage and for the exception of a completed one.
                ended.whenComplete((value, thrown) -> {
                    if (thrown == null) {
                        settled.complete(value);
                    } else {
                        settled.completeExceptionally(thrown);
                    }
                });
            }
        }
    }
}
