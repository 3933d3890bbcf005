package io.breaker.spring.interceptor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets for a call with a plain future. The call is settled, and answered where it fails, by the first of
 * {@link #get}, {@link #isDone}, {@link #isCancelled} and {@link #cancel} that finds the future done. That a caller does
 * not want to wait any longer says nothing about the call.
 */
final class WatchedFuture implements Future<@Nullable Object> {

    private final Watch watch;
    private final CompletableFuture<@Nullable Object> end;

    private WatchedFuture(Watch watch, CompletableFuture<@Nullable Object> end) {
        this.watch = watch;
        this.end = end;
    }

    /** Ends like the stage, which ends like the futures that are watched. */
    @SuppressWarnings("unchecked") // Nobody looks at the type of the value.
    static WatchedFuture of(Watch watch, CompletionStage<?> end) {
        end.whenComplete((value, thrown) -> watch.tell());
        return new WatchedFuture(watch, (CompletableFuture<@Nullable Object>) end.toCompletableFuture());
    }

    @Override
    public boolean isDone() {
        watch.look();
        return end.isDone();
    }

    @Override
    public boolean isCancelled() {
        watch.look();
        return end.isCancelled();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        // What has ended cannot be cancelled any more, and counts as it ended.
        watch.look();
        if (!mayInterruptIfRunning) {
            watch.spare();
        }
        return end.cancel(mayInterruptIfRunning);
    }

    @Override
    public @Nullable Object get() throws InterruptedException, ExecutionException {
        while (!end.isDone()) {
            watch.<RuntimeException>await(end, Future::get);
        }
        return end.get();
    }

    @Override
    public @Nullable Object get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (!end.isDone()) {
            watch.<TimeoutException>await(
                    end, future -> future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        }
        return end.get();
    }
}
