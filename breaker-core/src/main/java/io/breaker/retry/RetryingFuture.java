package io.breaker.retry;

import io.breaker.policy.Causes;
import io.breaker.policy.RelayFuture;
import io.breaker.retry.RetryEvent.Reason;
import io.breaker.time.Scheduler;
import io.breaker.time.Scheduler.Task;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets for an asynchronous call: ends like the last attempt. No thread is held while it waits for the next
 * one.
 *
 * <p>However many attempts there are, the stack does not grow with them: each but the first begins in a task of its own.
 *
 * @param <T> the type of the result
 */
final class RetryingFuture<T extends @Nullable Object> extends RelayFuture<T> {

    private final Supplier<? extends CompletionStage<T>> call;
    private final BooleanSupplier repeatable;
    private final RetriedCall attempts;
    private final Scheduler scheduler;
    private final Executor executor;

    RetryingFuture(
            Supplier<? extends CompletionStage<T>> call,
            BooleanSupplier repeatable,
            RetriedCall attempts,
            Scheduler scheduler,
            Executor executor) {
        this.call = call;
        this.repeatable = repeatable;
        this.attempts = attempts;
        this.scheduler = scheduler;
        this.executor = executor;
    }

    void start() {
        follow(call);
    }

    @Override
    protected void stepSucceeded(T value) {
        attempts.succeeded();
        succeed(value);
    }

    @Override
    protected void stepFailed(Throwable thrown) {
        Throwable failure = Causes.unwrap(thrown);
        Duration delay = delayAfter(failure);
        if (delay == null) {
            fail(thrown);
            return;
        }
        Wait wait = new Wait(delay, thrown);
        if (begin(wait)) {
            wait.schedule();
        }
    }

    private @Nullable Duration delayAfter(Throwable failure) {
        if (repeatable.getAsBoolean()) {
            return attempts.delayAfter(failure);
        }
        attempts.giveUp(Reason.NOT_RETRYABLE, failure);
        return null;
    }

    /** The wait for the next attempt. */
    private final class Wait implements Step {

        private final Duration delay;
        private final Throwable thrown;

        /*
         * Invariants
         *
         * - `stopped` turns to true once. Who schedules writes `timer` and then reads `stopped`; who stops writes
         *   `stopped` and then reads `timer`: so whichever comes second cancels the timer.
         */
        private volatile @Nullable Task timer;
        private volatile boolean stopped;

        Wait(Duration delay, Throwable thrown) {
            this.delay = delay;
            this.thrown = thrown;
        }

        void schedule() {
            try {
                timer = scheduler.schedule(this::hand, delay);
            } catch (Throwable refused) {
                giveUp(refused);
            }
            if (stopped) {
                stop(/* cancelled= */ true);
            }
        }

        @Override
        public void stop(boolean cancelled) {
            stopped = true;
            Task scheduled = timer;
            if (scheduled != null) {
                scheduled.cancel();
            }
        }

        private void hand() {
            try {
                executor.execute(this::retry);
            } catch (Throwable refused) {
                giveUp(refused);
            }
        }

        private void retry() {
            if (isDone()) {
                return;
            }
            Throwable failure = Causes.unwrap(thrown);
            if (!attempts.mayRetry(failure)) {
                fail(thrown);
                return;
            }
            // Counted where it is certain: the caller may give up until then.
            follow(() -> {
                attempts.retried(delay, failure);
                return call.get();
            });
        }

        private void giveUp(Throwable refused) {
            attempts.notScheduled(refused, Causes.unwrap(thrown));
            fail(thrown);
        }
    }
}
