package io.breaker.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.policy.SourcedStage;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Threads;
import io.breaker.testing.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asynchronous calls: how the returned stage ends, and what becomes of the source and the timer. */
class AsyncTimeoutTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);
    private final Timeout timeout = Timeout.of("payments", TimeoutConfig.of(LIMIT), time, timers);
    private final CompletableFuture<String> source = new CompletableFuture<>();

    @AfterEach
    void noTimerIsLeftBehind() {
        assertThat(timers.pending()).isZero();
    }

    @Test
    void aStageThatEndsInTimeTakesItsTimerWithIt() {
        CompletionStage<String> returned = timeout.callAsync(() -> source);
        assertThat(timers.pending()).isEqualTo(1);
        time.advance(LIMIT.minusNanos(1));

        source.complete("value");

        assertThat(timers.pending()).isZero();
        assertThat(returned).isCompletedWithValue("value");
        assertTotals(1, 0);
    }

    @Test
    void aStageThatFailsInTimeComesOutUnchanged() {
        IOException failure = new IOException();

        CompletionStage<String> returned = timeout.callAsync(() -> source);
        source.completeExceptionally(failure);

        assertThat(failure(returned)).isSameAs(failure);
        assertTotals(1, 0);
    }

    @Test
    void atTheLimitTheReturnedStageFailsAndTheSourceIsCancelled() {
        CompletionStage<String> returned = timeout.callAsync(() -> source);

        time.advance(LIMIT);

        assertThat(failure(returned))
                .isInstanceOf(CallTimeoutException.class)
                .hasMessage("timeout 'payments': the call did not end within 2s");
        assertThat(source).isCancelled();
        assertTotals(0, 1);
    }

    @Test
    void theSourceIsCancelledBeforeTheReturnedStageEnds() {
        CompletableFuture<Boolean> cancelledFirst = new CompletableFuture<>();
        timeout.callAsync(() -> source).whenComplete((value, thrown) -> cancelledFirst.complete(source.isCancelled()));

        time.advance(LIMIT);

        assertThat(cancelledFirst).isCompletedWithValue(true);
    }

    @Test
    void aSourceThatCannotBeCancelledIsLeftAlone() {
        CompletionStage<String> returned = timeout.callAsync(source::minimalCompletionStage);

        time.advance(LIMIT);

        assertThat(failure(returned)).isInstanceOf(CallTimeoutException.class);
        source.complete("late");
        assertTotals(0, 1);
    }

    @Test
    void theTimeOfTheSupplierCounts() {
        CompletionStage<String> returned = timeout.callAsync(() -> {
            time.advance(LIMIT);
            return source;
        });

        assertThat(failure(returned)).isInstanceOf(CallTimeoutException.class);
        assertThat(source).isCancelled();
        assertTotals(0, 1);
    }

    @Test
    void aTimerThatComesLateChangesNothing() {
        Timeout stalled = Timeout.of("stalled", TimeoutConfig.of(LIMIT), time, (task, delay) -> () -> true);
        CompletableFuture<String> failing = new CompletableFuture<>();
        CompletionStage<String> returned = stalled.callAsync(() -> source);
        CompletionStage<String> failed = stalled.callAsync(() -> failing);
        time.advance(LIMIT);

        source.complete("late");
        IOException late = new IOException();
        failing.completeExceptionally(late);

        assertThat(failure(returned)).isInstanceOf(CallTimeoutException.class);
        assertThat(failure(failed)).isInstanceOf(CallTimeoutException.class).hasSuppressedException(late);
        assertThat(stalled.totals()).isEqualTo(new TimeoutTotals(0, 2));
    }

    @Test
    void cancellingTheReturnedStageCancelsTheSourceAndTheTimer() {
        CompletionStage<String> returned = timeout.callAsync(() -> source);

        assertThat(returned.toCompletableFuture().cancel(true)).isTrue();

        assertThat(source).isCancelled();
        assertThat(returned.toCompletableFuture()).isCancelled();
        assertThat(timers.pending()).isZero();
        assertThat(returned.toCompletableFuture().cancel(true)).isTrue();
        assertTotals(1, 0);
    }

    @Test
    void aStageThatHasEndedCannotBeCancelled() {
        CompletionStage<String> returned = timeout.callAsync(() -> CompletableFuture.completedFuture("value"));

        assertThat(returned.toCompletableFuture().cancel(true)).isFalse();
        assertThat(returned).isCompletedWithValue("value");
    }

    @Test
    void aStageThatItsHolderCompletesTakesItsTimerWithIt() {
        CompletionStage<String> completed = timeout.callAsync(() -> source);
        CompletionStage<String> failed = timeout.callAsync(() -> source);

        completed.toCompletableFuture().complete("mine");
        failed.toCompletableFuture().completeExceptionally(new IOException());

        assertThat(timers.pending()).isZero();
        assertThat(completed).isCompletedWithValue("mine");
        assertThat(failure(failed)).isInstanceOf(IOException.class);
        assertThat(source).isNotDone();
        assertTotals(2, 0);
    }

    @Test
    void aCancelledSourceCancelsTheReturnedStage() {
        CompletionStage<String> returned = timeout.callAsync(() -> source);

        source.cancel(true);

        assertThat(returned.toCompletableFuture()).isCancelled();
        assertThat(catchThrowable(() -> returned.toCompletableFuture().join()))
                .isInstanceOf(CancellationException.class);
        assertTotals(1, 0);
    }

    @Test
    void aSupplierThatThrowsComesBackAsAFailedStage() {
        StackOverflowError error = new StackOverflowError();

        CompletionStage<String> returned = timeout.callAsync(() -> {
            throw error;
        });

        assertThat(failure(returned)).isSameAs(error);
        assertTotals(1, 0);
    }

    @Test
    void noStageAtAllComesBackAsAFailedStage() {
        CompletionStage<String> returned = timeout.callAsync(() -> null);

        assertThat(failure(returned))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the call of 'payments' returned no stage");
    }

    @Test
    void aSchedulerThatRefusesComesBackAsAFailedStage() {
        Timeout refused = Timeout.of("refused", TimeoutConfig.of(LIMIT), time, (task, delay) -> {
            throw new RejectedExecutionException("closed");
        });

        CompletionStage<String> returned = refused.callAsync(() -> {
            throw new AssertionError("must not be called");
        });

        assertThat(failure(returned)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aSchedulerThatRunsItsTaskAtOnceLeavesNoTimer() {
        Timeout hasty = Timeout.of("hasty", TimeoutConfig.of(LIMIT), time, (task, delay) -> {
            Thread other = new Thread(task);
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return () -> false;
        });

        assertThat(failure(hasty.callAsync(() -> source))).isInstanceOf(CallTimeoutException.class);
        assertThat(source).isCancelled();
    }

    @Test
    void tellsWhichStageIsBehindIt() {
        CompletionStage<String> returned = timeout.callAsync(() -> timeout.callAsync(() -> source));

        assertThat(SourcedStage.sourceOf(returned)).isSameAs(source);
        time.advance(LIMIT);
        CompletionStage<String> failed = timeout.callAsync(() -> null);
        assertThat(SourcedStage.sourceOf(failed)).isSameAs(failed);
    }

    @Test
    void itsEndIsOneAlsoWhenTimerAndSourceRace() {
        AtomicInteger timedOut = new AtomicInteger();
        int calls = 5_000;
        for (int i = 0; i < calls / 500; i++) {
            int round = 500;
            CompletableFuture<?>[] sources = new CompletableFuture<?>[round];
            for (int j = 0; j < round; j++) {
                CompletableFuture<String> each = new CompletableFuture<>();
                sources[j] = each;
                timeout.callAsync(() -> each).whenComplete((value, thrown) -> {
                    if (thrown instanceof CallTimeoutException) {
                        timedOut.incrementAndGet();
                    }
                });
            }
            Threads.run(2, thread -> {
                if (thread == 0) {
                    time.advance(LIMIT);
                } else {
                    for (int j = round - 1; j >= 0; j--) {
                        sources[j].complete(null);
                    }
                }
            });
        }

        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(calls - timedOut.get(), timedOut.get()));
    }

    private static Throwable failure(CompletionStage<?> stage) {
        assertThat(stage.toCompletableFuture()).isCompletedExceptionally();
        Throwable thrown = catchThrowable(() -> stage.toCompletableFuture().join());
        return thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }

    private void assertTotals(long inTime, long timedOut) {
        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(inTime, timedOut));
    }
}
