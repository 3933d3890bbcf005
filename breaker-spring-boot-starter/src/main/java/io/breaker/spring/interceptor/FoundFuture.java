package io.breaker.spring.interceptor;

import io.breaker.policy.FoundStage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The stage of a call with a plain future, which tells nobody when it is done: ends when somebody finds it done. */
final class FoundFuture extends CompletableFuture<@Nullable Object> implements FoundStage<@Nullable Object> {

    private final Future<?> source;
    /** Whether a task that is running may be interrupted. */
    private final BooleanSupplier interruptible;

    /** Whether the call has returned its future; one that is done by then was not found, its end was seen. */
    private volatile boolean returned;

    /** Written before the source is cancelled: who then finds the source done has found what was done from here. */
    private volatile boolean cancelled;

    private volatile boolean found;

    private FoundFuture(Future<?> source, BooleanSupplier interruptible) {
        this.source = source;
        this.interruptible = interruptible;
    }

    /** Ends at once if the future is done. */
    static FoundFuture of(Future<?> source, BooleanSupplier interruptible) {
        FoundFuture future = new FoundFuture(source, interruptible);
        future.look();
        future.returned = true;
        return future;
    }

    /** Waits for a future in one of the ways there are. */
    @FunctionalInterface
    interface Wait<X extends Exception> {

        @Nullable
        Object on(Future<?> future) throws InterruptedException, ExecutionException, X;
    }

    @Override
    public void look() {
        if (!source.isDone()) {
            return;
        }
        // A future may heed an interrupt although nobody has to wait; that is not for us. Who is interrupted while he
        // looks, looks again later.
        boolean interrupted = Thread.interrupted();
        try {
            this.<RuntimeException>await(Future::get);
        } catch (InterruptedException whileLooking) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits until the future is done, and ends.
     *
     * @throws InterruptedException if the caller was interrupted, which says nothing about the call
     * @throws X if the caller did not want to wait that long, which says nothing about the call either
     */
    <X extends Exception> void await(Wait<X> wait) throws InterruptedException, X {
        Object value;
        try {
            value = wait.on(source);
        } catch (ExecutionException failed) {
            found();
            completeExceptionally(failed.getCause() != null ? failed.getCause() : failed);
            return;
        } catch (RuntimeException | Error failed) {
            // A cancelled future throws, and what a future of somebody's own may throw is an end too.
            found();
            completeExceptionally(failed);
            return;
        }
        found();
        complete(value);
    }

    private void found() {
        found = returned && !cancelled;
    }

    @Override
    public boolean wasFound() {
        return found;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        cancelled = true;
        source.cancel(mayInterruptIfRunning && interruptible.getAsBoolean());
        return super.cancel(mayInterruptIfRunning);
    }
}
