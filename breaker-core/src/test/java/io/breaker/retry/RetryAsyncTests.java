package io.breaker.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.event.Listeners;
import io.breaker.policy.CallRejectedException;
import io.breaker.retry.RetryEvent.GaveUp;
import io.breaker.retry.RetryEvent.Reason;
import io.breaker.testing.LogCapture;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Threads;
import io.breaker.testing.Timers;
import io.breaker.time.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls whose result comes later. */
@org.junit.jupiter.api.Timeout(60)
class RetryAsyncTests {

    private static final Duration DELAY = Duration.ofMillis(100);

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);
    private final Deque<CompletableFuture<String>> sources = new ConcurrentLinkedDeque<>();
    private final Retry retry = retry(settings -> settings);

    @Test
    void aStageThatCompletesIsTheResult() {
        CompletableFuture<String> returned = call(retry);

        sources.getLast().complete("value");

        assertThat(returned).isCompletedWithValue("value");
        assertTotals(1, 0, 0, 0, 0);
    }

    @Test
    void aCallOfWhichAPartHasReachedItsCallerIsNotMadeAgain() {
        List<Reason> reasons = new ArrayList<>();
        retry.onEvent(GaveUp.class, event -> reasons.add(event.reason()));
        IOException brokeOff = new IOException("broke off");

        CompletionStage<String> returned = retry.callAsync(() -> CompletableFuture.failedFuture(brokeOff), () -> false);

        assertThatThrownBy(returned.toCompletableFuture()::join).hasCause(brokeOff);
        assertThat(reasons).containsExactly(Reason.NOT_RETRYABLE);
        assertThat(timers.pending()).isZero();
    }

    @Test
    void aStageThatFailsIsFollowedByAnotherAttemptAfterTheWait() {
        CompletableFuture<String> returned = call(retry);

        sources.getLast().completeExceptionally(new CompletionException(new IOException()));
        time.advance(DELAY.minusNanos(1));
        assertThat(sources).hasSize(1);
        time.advance(Duration.ofNanos(1));
        assertThat(sources).hasSize(2);
        sources.getLast().complete("value");

        assertThat(returned).isCompletedWithValue("value");
        assertTotals(1, 1, 1, 0, 0);
        assertThat(timers.pending()).isZero();
    }

    @Test
    void aRetryThatIsToldIsMadeAlsoWhenItsListenerCancelsTheCall() {
        CompletableFuture<String> returned = call(retry);
        retry.onEvent(event -> returned.cancel(true));

        sources.getLast().completeExceptionally(new IOException());
        time.advance(DELAY);

        assertThat(retry.totals().retries()).isEqualTo(1);
        assertThat(sources).hasSize(2);
        assertThat(sources.getLast()).isCancelled();
    }

    @Test
    void theCallerGetsTheLastFailureItselfWhichCarriesTheEarlierOnes() {
        CompletableFuture<String> returned = call(retry);
        IOException first = new IOException("first");
        IOException last = new IOException("last");

        sources.getLast().completeExceptionally(first);
        time.advance(DELAY);
        sources.getLast().completeExceptionally(last);

        assertThatThrownBy(returned::join).hasCause(last);
        assertThat(last.getSuppressed()).containsExactly(first);
        assertTotals(1, 1, 0, 1, 1);
    }

    @Test
    void aSupplierThatThrowsAndOneThatReturnsNoStageAreFailedAttempts() {
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<String> returned = retry(settings -> settings.maxAttempts(3))
                .<String>callAsync(() -> {
                    switch (attempts.incrementAndGet()) {
                        case 1:
                            throw new IllegalStateException();
                        case 2:
                            return null;
                        default:
                            return CompletableFuture.completedFuture("value");
                    }
                })
                .toCompletableFuture();

        time.advance(Duration.ofSeconds(1));

        assertThat(returned).isCompletedWithValue("value");
        assertThat(attempts).hasValue(3);
    }

    static Stream<Throwable> neverRetried() {
        return Stream.of(
                new CallRejectedException("full") {
                    private static final long serialVersionUID = 1L;
                },
                new StackOverflowError(),
                new CancellationException(),
                new InterruptedException());
    }

    @ParameterizedTest
    @MethodSource("neverRetried")
    void rejectionsErrorsAndCancellationsAreNeverRetried(Throwable failure) {
        CompletableFuture<String> failed = call(retry);
        CompletableFuture<String> wrapped = call(retry);

        sources.getFirst().completeExceptionally(failure);
        sources.getLast().completeExceptionally(new CompletionException(failure));

        assertThat(failed).isCompletedExceptionally();
        assertThat(wrapped).isCompletedExceptionally();
        assertThat(timers.delays()).isEmpty();
        assertTotals(2, 0, 0, 2, 0);
    }

    @Test
    void noAttemptBeginsAfterTheBudget() {
        Retry budgeted = retry(settings -> settings.budget(DELAY));
        List<RetryEvent> events = new ArrayList<>();
        budgeted.onEvent(events::add);
        CompletableFuture<String> returned = call(budgeted);
        time.advance(Duration.ofNanos(1));
        IOException failure = new IOException();

        sources.getLast().completeExceptionally(failure);

        assertThat(returned).isCompletedExceptionally();
        assertThat(timers.delays()).isEmpty();
        assertThat(events).containsExactly(new GaveUp("mail", time.instant(), 1, Reason.BUDGET_USED_UP, failure));
    }

    @Test
    void aTimerThatComesAfterTheBudgetBeginsNoAttempt() {
        Retry late = Retry.of(
                "mail",
                config(settings -> settings.budget(DELAY)),
                time,
                (task, delay) -> timers.schedule(task, delay.plusNanos(1)));
        CompletableFuture<String> returned = call(late);
        sources.getLast().completeExceptionally(new IOException());

        time.advance(Duration.ofSeconds(1));

        assertThat(returned).isCompletedExceptionally();
        assertThat(sources).hasSize(1);
    }

    @Test
    void cancellingWhileAnAttemptIsUnderWayCancelsItsStage() {
        CompletableFuture<String> returned = call(retry);
        sources.getLast().completeExceptionally(new IOException());
        time.advance(DELAY);

        assertThat(returned.cancel(true)).isTrue();

        assertThat(sources.getLast()).isCancelled();
        time.advance(Duration.ofHours(1));
        assertThat(sources).hasSize(2);
        assertTotals(1, 1, 0, 0, 0);
    }

    @Test
    void cancellingDuringTheWaitGivesTheTimerBack() {
        CompletableFuture<String> returned = call(retry);
        sources.getLast().completeExceptionally(new IOException());
        assertThat(timers.pending()).isEqualTo(1);

        returned.cancel(true);

        assertThat(timers.pending()).isZero();
        assertThat(sources).hasSize(1);
    }

    @Test
    void aStageThatCannotBeCancelledEndsInItsOwnTime() {
        CompletableFuture<String> hidden = new CompletableFuture<>();
        CompletableFuture<String> returned =
                retry.callAsync(hidden::minimalCompletionStage).toCompletableFuture();

        returned.cancel(true);
        hidden.completeExceptionally(new IOException());

        assertThat(returned).isCancelled();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void aCallerWhoEndsTheStageHimselfEndsTheRetriesButNotTheAttempt() {
        CompletableFuture<String> waiting = call(retry);
        sources.getLast().completeExceptionally(new IOException());
        CompletableFuture<String> running = call(retry);

        assertThat(waiting.completeExceptionally(new TimeoutException())).isTrue();
        assertThat(running.complete("default")).isTrue();

        assertThat(timers.pending()).isZero();
        assertThat(sources.getLast()).isNotDone();
        sources.getLast().completeExceptionally(new IOException());
        assertThat(running).isCompletedWithValue("default");
        assertThat(running.complete("late")).isFalse();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void aThousandAttemptsThatFailAtOnceDoNotGrowTheStack() {
        Retry patient = retry(settings ->
                settings.maxAttempts(10_000).backoff(new Backoff(Duration.ofNanos(1), 1, Duration.ofSeconds(1), 0)));
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<String> returned = patient.<String>callAsync(() -> {
                    attempts.incrementAndGet();
                    return CompletableFuture.failedFuture(new IOException());
                })
                .toCompletableFuture();

        time.advance(Duration.ofSeconds(1));

        assertThat(returned).isCompletedExceptionally();
        assertThat(attempts).hasValue(10_000);
    }

    @Test
    void aSchedulerOrExecutorThatRefusesEndsTheCallWithItsFailure() {
        Retry closed = Retry.of("mail", config(settings -> settings), time, (task, delay) -> {
            throw new RejectedExecutionException("closed");
        });
        Retry shutDown = retry(settings -> settings.executor(task -> {
            throw new RejectedExecutionException("shut down");
        }));

        try (LogCapture log = LogCapture.of(Retry.class)) {
            CompletableFuture<String> first = call(closed);
            sources.getLast().completeExceptionally(new IOException("first"));
            CompletableFuture<String> second = call(shutDown);
            sources.getLast().completeExceptionally(new IOException("second"));
            time.advance(DELAY);

            assertThatThrownBy(first::join).hasRootCauseMessage("first");
            assertThatThrownBy(second::join).hasRootCauseMessage("second");
            assertThat(log.messages()).hasSize(2);
        }
        assertThat(shutDown.totals()).isEqualTo(new RetryTotals(1, 0, 0, 1, 1));
    }

    @Test
    void laterAttemptsBeginWhereTheExecutorSays() {
        List<Runnable> handed = new ArrayList<>();
        CompletableFuture<String> returned = call(retry(settings -> settings.executor(handed::add)));
        sources.getLast().completeExceptionally(new IOException());

        time.advance(DELAY);
        assertThat(sources).hasSize(1);
        handed.get(0).run();
        sources.getLast().complete("value");

        assertThat(returned).isCompletedWithValue("value");
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() {
        retry.onEvent(event -> {
            throw new StackOverflowError();
        });

        try (LogCapture log = LogCapture.of(Listeners.class)) {
            CompletableFuture<String> returned = call(retry);
            sources.getLast().completeExceptionally(new IOException());
            time.advance(DELAY);
            sources.getLast().complete("value");

            assertThat(returned).isCompletedWithValue("value");
            assertThat(log.messages()).hasSize(2);
        }
    }

    @RepeatedTest(200)
    void aCancellationThatMeetsATimerLeavesNothingBehind() {
        CompletableFuture<String> returned = call(retry);
        sources.getLast().completeExceptionally(new IOException());

        Threads.run(2, thread -> {
            if (thread == 0) {
                time.advance(DELAY);
            } else {
                returned.cancel(true);
            }
        });

        assertThat(returned).isCancelled();
        assertThat(sources).allMatch(CompletableFuture::isDone);
        assertThat(timers.pending()).isZero();
    }

    @Test
    void countersAddUpWhenManyThreadsCall() {
        Retry shared = retry(settings -> settings.maxAttempts(2));
        List<CompletableFuture<String>> returned = new CopyOnWriteArrayList<>();

        Threads.run(8, thread -> {
            for (int i = 0; i < 250; i++) {
                AtomicInteger left = new AtomicInteger(i % 3);
                Supplier<CompletionStage<String>> call = () -> left.getAndDecrement() > 0
                        ? CompletableFuture.failedFuture(new IOException())
                        : CompletableFuture.completedFuture("value");
                returned.add(shared.callAsync(call).toCompletableFuture());
            }
        });
        time.advance(DELAY);

        assertThat(returned).allMatch(CompletableFuture::isDone);
        // Of 250 calls a thread makes, 84 succeed at once, 83 after a retry, 83 not at all.
        assertThat(shared.totals()).isEqualTo(new RetryTotals(2_000, 8 * 166, 8 * 83, 8 * 83, 8 * 83));
        assertThat(timers.pending()).isZero();
    }

    private Retry retry(UnaryOperator<RetryConfig.Builder> settings) {
        return Retry.of("mail", config(settings), time, timers);
    }

    private static RetryConfig config(UnaryOperator<RetryConfig.Builder> settings) {
        return settings.apply(RetryConfig.builder()
                        .maxAttempts(2)
                        .backoff(new Backoff(DELAY, 2, Duration.ofSeconds(3), /* jitter= */ 0)))
                .build();
    }

    /** Each attempt adds its stage to the sources. */
    private CompletableFuture<String> call(Retry with) {
        return with.<String>callAsync(() -> {
                    CompletableFuture<String> source = new CompletableFuture<>();
                    sources.add(source);
                    return source;
                })
                .toCompletableFuture();
    }

    private void assertTotals(long calls, long retries, long succeededAfterRetry, long failed, long exhausted) {
        assertThat(retry.totals()).isEqualTo(new RetryTotals(calls, retries, succeededAfterRetry, failed, exhausted));
    }
}
