package io.breaker.timeout;

import io.breaker.policy.Causes;
import io.breaker.policy.SourcedStage;
import io.breaker.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets for an asynchronous call: ends like the call's own stage, or at the limit.
 *
 * @param <T> the type of the result
 */
final class TimedFuture<T extends @Nullable Object> extends CompletableFuture<T> implements SourcedStage<T>, Runnable {

    private final Timeout timeout;
    private final long start;

    /*
     * Invariants
     *
     * - `ended` goes from false to true once. Who turns it (source, timer or caller) counts the call, ends the timer and
     *   ends this future.
     * - `source` and `timer` are written once, after which `ended` is looked at; who turns `ended` looks at them
     *   afterwards. So one of the two sides sees the other: no timer stays behind, no source is left running by mistake.
     */
    private final AtomicBoolean ended = new AtomicBoolean();

    private volatile @Nullable CompletionStage<T> source;
    private volatile Scheduler.@Nullable Task timer;

    TimedFuture(Timeout timeout, long start) {
        this.timeout = timeout;
        this.start = start;
    }

    void startTimer(Scheduler scheduler, Duration limit) {
        timer = scheduler.schedule(this, limit);
        if (ended.get()) {
            stopTimer();
        }
    }

    /** Ends as the source does. The timer may have come while the source was being made. */
    void follow(CompletionStage<T> source) {
        this.source = source;
        if (ended.get()) {
            cancelSource(timeout.config().interrupt());
        } else {
            source.whenComplete(this::sourceEnded);
        }
    }

    // whenComplete hands null for the value of a failed stage and for the exception of a completed one.
    private void sourceEnded(T value, @Nullable Throwable thrown) {
        if (thrown != null) {
            fail(thrown);
        } else if (end()) {
            CallTimeoutException late = timeout.lateSince(start);
            if (late == null) {
                super.complete(value);
            } else {
                super.completeExceptionally(late);
            }
        }
    }

    /** Ends with what the call threw, unless it did so too late. */
    void fail(Throwable thrown) {
        if (end()) {
            CallTimeoutException late = timeout.lateSince(start);
            if (late != null) {
                late.addSuppressed(Causes.unwrap(thrown));
            }
            super.completeExceptionally(late == null ? thrown : late);
        }
    }

    /** The limit is reached. */
    @Override
    public void run() {
        if (end()) {
            CallTimeoutException thrown = timeout.timedOutSince(start);
            try {
                // First: what the source holds on to, such as a slot of a bulkhead, is free when a retry asks for it.
                cancelSource(timeout.config().interrupt());
            } finally {
                super.completeExceptionally(thrown);
            }
        }
    }

    /** Gives up on the call, and cancels the source as far as it allows. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!end()) {
            return isCancelled();
        }
        timeout.endedInTime();
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        cancelSource(mayInterruptIfRunning);
        return cancelled;
    }

    /** Puts a failure of the caller's in place of the result, as {@code orTimeout} does. */
    @Override
    public boolean completeExceptionally(Throwable thrown) {
        return endByCaller() && super.completeExceptionally(thrown);
    }

    /** Puts a value of the caller's in place of the result. */
    @Override
    public boolean complete(T value) {
        return endByCaller() && super.complete(value);
    }

    /** Gives the call's own stage; this one where the call made none, and so has ended. */
    @Override
    public CompletionStage<?> source() {
        CompletionStage<T> present = source;
        return present == null ? this : present;
    }

    private boolean endByCaller() {
        boolean first = end();
        if (first) {
            timeout.endedInTime();
        }
        return first;
    }

    private boolean end() {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            stopTimer();
        }
        return first;
    }

    private void stopTimer() {
        Scheduler.Task present = timer;
        if (present != null) {
            present.cancel();
        }
    }

    /** Cancels the source; a stage of the JDK interrupts nobody either way, but others may. */
    private void cancelSource(boolean mayInterruptIfRunning) {
        CompletionStage<T> present = source;
        try {
            if (present != null) {
                present.toCompletableFuture().cancel(mayInterruptIfRunning);
            }
        } catch (RuntimeException notCancellable) {
            // A stage need not allow it. The source ends in its own time; nobody waits for it.
        }
    }
}
