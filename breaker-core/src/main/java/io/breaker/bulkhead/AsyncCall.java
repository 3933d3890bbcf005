package io.breaker.bulkhead;

import io.breaker.policy.DelayedStage;
import io.breaker.policy.FoundStage;
import io.breaker.policy.SourcedStage;
import io.breaker.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous call on its way through a bulkhead: waits for a slot without a thread, is made on the thread that gives
 * the slot back, and holds the slot until its source has ended.
 *
 * @param <T> the type of the result
 */
final class AsyncCall<T extends @Nullable Object> extends Waiter {

    private enum Progress {
        BEGINNING,
        BEGUN,
        ENDED
    }

    private final Supplier<? extends CompletionStage<T>> call;
    private final Rejections rejections;
    private final Result result = new Result();

    /*
     * Invariants
     *
     * - A call that has a slot gives it back once: `progress` reaches ENDED once. From BEGUN, who turned it gives the slot
     *   back. From BEGINNING, the thread that is making the call does so when it finds that the call has ended already.
     *   The latter is what keeps the stack flat when a queue of calls ends on the spot, one in the other's place.
     * - The slot is given back, and the next call begun, before `result` ends: whoever depends on it finds the slot free,
     *   and may block without keeping the next call from its slot.
     * - `source` is written once, after which `result` is looked at; who cancels `result` looks at `source` afterwards. So
     *   a cancelled call's source is cancelled by one of the two.
     */
    private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.BEGINNING);

    private volatile @Nullable CompletionStage<T> source;

    private final Ticker ticker;
    /** When it began to wait; 0 where it does not. */
    private long joined;

    /** Null as long as it waits. */
    private volatile @Nullable Duration waited;

    AsyncCall(Slots slots, Rejections rejections, Ticker ticker, Supplier<? extends CompletionStage<T>> call) {
        super(slots);
        this.rejections = rejections;
        this.ticker = ticker;
        this.call = call;
    }

    /** Gives what the caller gets. */
    CompletableFuture<T> result() {
        return result;
    }

    /** Begins to wait, for who puts it into the queue. */
    void joins() {
        joined = ticker.nanos();
    }

    /** Makes the call in the slot that it has. */
    void start() {
        proceed(null, this);
    }

    @Override
    void granted() {
        leftQueue();
        start();
    }

    @Override
    void timedOut() {
        result.fail(rejections.timedOut(slots.limits()));
    }

    /** Ends a call that is neither in the queue nor has a slot. */
    void fail(Throwable thrown) {
        result.fail(thrown);
    }

    /**
     * Begins the call that got a slot and finishes the one that gave it back. Where the one ends on the spot, goes on with
     * whoever gets the slot next, in a loop and not by recursion.
     */
    private static void proceed(@Nullable AsyncCall<?> over, @Nullable AsyncCall<?> granted) {
        AsyncCall<?> toFinish = over;
        AsyncCall<?> toBegin = granted;
        while (toBegin != null) {
            AsyncCall<?> begun = toBegin;
            boolean ended = begun.begin();
            toBegin = null;
            if (toFinish != null) {
                toFinish.finish();
                toFinish = null;
            }
            if (ended) {
                toBegin = begun.giveBack();
                toFinish = begun;
            }
        }
        if (toFinish != null) {
            toFinish.finish();
        }
    }

    /**
     * Makes the call.
     *
     * @return whether it has ended already, so that the slot is to be given back here
     */
    private boolean begin() {
        if (result.isDone()) {
            return true;
        }
        waited = hasLeftQueue() ? sinceJoined() : Duration.ZERO;
        CompletionStage<T> made = make();
        source = made;
        if (result.isCancelled()) {
            cancelSource();
        }
        try {
            CompletionStage<?> root = SourcedStage.sourceOf(made);
            if (root instanceof FoundStage<?> found) {
                slots.mayEndUnseen(found);
            }
            root.whenComplete((value, thrown) -> {
                slots.hasEnded(root);
                rootEnded();
            });
            if (root != made) {
                made.whenComplete((value, thrown) -> stageEnded(root));
            }
        } catch (Throwable thrown) {
            // Nobody will tell when such a stage ends.
            source = CompletableFuture.failedFuture(thrown);
            progress.set(Progress.ENDED);
        }
        return !progress.compareAndSet(Progress.BEGINNING, Progress.BEGUN);
    }

    private Duration sinceJoined() {
        return Duration.ofNanos(Math.max(ticker.nanos() - joined, 0));
    }

    private CompletionStage<T> make() {
        // The thread that gave its slot back may have been interrupted. That is no business of the call that begins on
        // it: the flag could close its connection.
        boolean interrupted = hasLeftQueue() && Thread.interrupted();
        try {
            CompletionStage<T> made = call.get();
            return made == null
                    ? CompletableFuture.failedFuture(
                            new NullPointerException("the call of '" + rejections.name + "' returned no stage"))
                    : made;
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(thrown);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void rootEnded() {
        if (progress.getAndSet(Progress.ENDED) == Progress.BEGUN) {
            proceed(this, giveBack());
        }
    }

    /** The stage of the call has ended, which its root may have done too: then the slot comes first. */
    private void stageEnded(CompletionStage<?> root) {
        if (isDone(root)) {
            rootEnded();
        } else {
            finish();
        }
    }

    private static boolean isDone(CompletionStage<?> stage) {
        try {
            return stage.toCompletableFuture().isDone();
        } catch (RuntimeException unknown) {
            // A stage need not tell; this one gives its slot back when it calls back.
            return false;
        }
    }

    /** Gives the slot back; a thread that gets it is woken, an asynchronous call is the caller's to begin. */
    private @Nullable AsyncCall<?> giveBack() {
        Waiter next = slots.exit();
        if (next instanceof AsyncCall<?> granted) {
            granted.leftQueue();
            return granted;
        }
        if (next != null) {
            next.granted();
        }
        return null;
    }

    /** Ends the result as the stage of the call ended, or will end. */
    private void finish() {
        CompletionStage<T> present = source;
        if (present != null) {
            present.whenComplete(result::settle);
        }
    }

    private void cancelSource() {
        CompletionStage<T> present = source;
        try {
            if (present != null) {
                present.toCompletableFuture().cancel(true);
            }
        } catch (RuntimeException notCancellable) {
            // A stage need not allow it. The source ends in its own time; nobody waits for it.
        }
    }

    /** What the caller holds. When it ends by the caller's hand, the call leaves the queue at once. */
    private final class Result extends CompletableFuture<T> implements DelayedStage<T> {

        @Override
        public Duration waited() {
            Duration whole = waited;
            return whole != null ? whole : sinceJoined();
        }

        // whenComplete hands null for the value of a failed stage and for the exception of a completed one.
        void settle(T value, @Nullable Throwable thrown) {
            if (thrown == null) {
                super.complete(value);
            } else {
                super.completeExceptionally(thrown);
            }
        }

        void fail(Throwable thrown) {
            super.completeExceptionally(thrown);
        }

        /** Gives up on the call: it leaves the queue, or its source is cancelled as far as that allows. */
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            if (isDone()) {
                return isCancelled();
            }
            boolean cancelled = quitIf(super.cancel(mayInterruptIfRunning));
            if (cancelled) {
                cancelSource();
            }
            return cancelled;
        }

        @Override
        public boolean completeExceptionally(Throwable thrown) {
            return quitIf(super.completeExceptionally(thrown));
        }

        @Override
        public boolean complete(T value) {
            return quitIf(super.complete(value));
        }

        private boolean quitIf(boolean first) {
            if (first && slots.quit(AsyncCall.this)) {
                leftQueue();
                rejections.cancelled();
            }
            return first;
        }
    }
}
