package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.testing.ManualTime;
import io.breaker.testing.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Every row of the settlement table that an asynchronous call can come to. */
class AsyncCallTests {

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "payments",
            CircuitBreakerConfig.builder()
                    .tracker("!typeOf(java.lang.IllegalStateException)")
                    .build(),
            time);

    @Test
    void aStageThatCompletesIsASuccessWithItsOwnLatency() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletionStage<String> returned = breaker.callAsync(() -> source);
        time.advance(Duration.ofSeconds(2));
        assertThat(breaker.snapshot().totals().succeeded()).isZero();

        source.complete("value");

        assertThat(returned).isCompletedWithValue("value");
        assertThat(breaker.snapshot().totals().meanLatency()).contains(Duration.ofSeconds(2));
        assertTotals(1, 0, 0);
    }

    @Test
    void isSettledBeforeTheReturnedStageEnds() {
        CompletableFuture<String> source = new CompletableFuture<>();
        List<Long> succeeded = new ArrayList<>();
        breaker.callAsync(() -> source)
                .thenRun(() -> succeeded.add(breaker.snapshot().totals().succeeded()));

        source.complete("value");

        assertThat(succeeded).containsExactly(1L);
    }

    @Test
    void aStageThatFailsIsJudgedByWhatItWasFailedWith() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletionStage<Integer> returned = breaker.callAsync(() -> source.thenApply(String::length));

        source.completeExceptionally(new IOException("down"));

        assertThatThrownBy(() -> returned.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
        breaker.callAsync(() -> CompletableFuture.failedFuture(new IllegalStateException("not tracked")));
        assertTotals(0, 1, 1);
    }

    @Test
    void aWrapperWithoutACauseIsAFailureLikeAnyOther() {
        breaker.callAsync(() -> CompletableFuture.failedFuture(new CompletionException("bare", null)));

        assertTotals(0, 1, 0);
    }

    @Test
    void aValueThatTheResultTrackerMatchesIsAFailure() {
        CircuitBreaker strict = CircuitBreaker.of("strict", settings -> settings.resultTracker(value -> value == null));

        assertThat(strict.<String>callAsync(() -> CompletableFuture.completedFuture(null)))
                .isCompletedWithValue(null);

        assertThat(strict.snapshot().totals().failed()).isEqualTo(1);
    }

    @Test
    void aRejectionComesBackAsAFailedStage() {
        breaker.forceOpen();

        CompletionStage<String> returned = breaker.callAsync(() -> {
            throw new AssertionError("must not be called");
        });

        assertThat(returned.toCompletableFuture()).isCompletedExceptionally();
        assertThatThrownBy(() -> returned.toCompletableFuture().join())
                .hasCauseInstanceOf(CallNotPermittedException.class);
        assertThat(breaker.snapshot().totals().rejected()).isEqualTo(1);
    }

    @Test
    void aSupplierThatThrowsComesBackAsAFailedStage() {
        CompletionStage<String> returned = breaker.callAsync(() -> {
            throw new StackOverflowError();
        });

        assertThatThrownBy(() -> returned.toCompletableFuture().join()).hasCauseInstanceOf(StackOverflowError.class);
        assertTotals(0, 1, 0);
    }

    @Test
    void noStageAtAllIsAFailureWhateverTheTrackerSays() {
        CircuitBreaker lenient = CircuitBreaker.of("lenient", settings -> settings.tracker("!all"));

        CompletionStage<String> returned = lenient.callAsync(() -> null);

        assertThatThrownBy(() -> returned.toCompletableFuture().join())
                .cause()
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the call of 'lenient' returned no stage");
        assertThat(lenient.snapshot().totals().failed()).isEqualTo(1);
    }

    @Test
    void aCancelledSourceIsIgnored() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletionStage<String> returned = breaker.callAsync(() -> source);

        source.cancel(true);

        assertThat(returned.toCompletableFuture()).isCancelled();
        assertTotals(0, 0, 1);
    }

    @Test
    void cancellingTheReturnedStageCancelsTheSourceAndIsIgnored() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> returned = breaker.callAsync(() -> source).toCompletableFuture();

        assertThat(returned.cancel(true)).isTrue();

        assertThat(source).isCancelled();
        assertThatThrownBy(returned::join).isInstanceOf(CancellationException.class);
        assertThat(returned.cancel(true)).isTrue();
        assertTotals(0, 0, 1);
    }

    @Test
    void cancellingACallWhoseSourceCannotBeCancelledGivesItsPlaceBackAllTheSame() {
        CompletableFuture<String> hidden = new CompletableFuture<>();
        CompletableFuture<String> returned =
                breaker.callAsync(hidden::minimalCompletionStage).toCompletableFuture();

        returned.cancel(true);
        hidden.complete("late");

        assertThat(returned).isCancelled();
        assertTotals(0, 0, 1);
    }

    @Test
    void cancellingAStageThatHasEndedChangesNothing() {
        CompletableFuture<String> returned = breaker.callAsync(() -> CompletableFuture.completedFuture("value"))
                .toCompletableFuture();

        assertThat(returned.cancel(true)).isFalse();

        assertThat(returned).isCompletedWithValue("value");
        assertTotals(1, 0, 0);
    }

    @Test
    void aCallerThatGivesUpWithATimeoutHasSeenAFailure() {
        CompletableFuture<String> returned =
                breaker.callAsync(() -> new CompletableFuture<String>()).toCompletableFuture();

        returned.completeExceptionally(new TimeoutException());

        assertTotals(0, 1, 0);
        assertThatThrownBy(() -> breaker.callAsync(() -> new CompletableFuture<String>())
                        .toCompletableFuture()
                        .orTimeout(1, TimeUnit.MILLISECONDS)
                        .join())
                .hasCauseInstanceOf(TimeoutException.class);
        assertTotals(0, 2, 0);
    }

    @Test
    void aCallerThatPutsAValueInPlaceOfTheResultHasGivenUpOnTheCall() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> returned = breaker.callAsync(() -> source).toCompletableFuture();

        assertThat(returned.complete("default")).isTrue();
        source.complete("late");

        assertThat(returned).isCompletedWithValue("default");
        assertTotals(0, 0, 1);
        String timedOut = breaker.callAsync(() -> new CompletableFuture<String>())
                .toCompletableFuture()
                .completeOnTimeout("default", 1, TimeUnit.MILLISECONDS)
                .join();
        assertThat(timedOut).isEqualTo("default");
        assertTotals(0, 0, 2);
    }

    @Test
    void aCallerThatEndsTheStageAsCancelledHasCancelledTheCall() {
        breaker.callAsync(() -> new CompletableFuture<String>())
                .toCompletableFuture()
                .completeExceptionally(new CancellationException());

        assertTotals(0, 0, 1);
    }

    @RepeatedTest(500)
    void twoEndsAtOnceAreCountedAsTheStageEnded() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> returned = breaker.callAsync(() -> source).toCompletableFuture();

        Threads.run(2, thread -> {
            if (thread == 0) {
                source.complete("value");
            } else {
                returned.completeExceptionally(new IOException());
            }
        });

        assertThat(returned).isDone();
        if (returned.isCompletedExceptionally()) {
            assertTotals(0, 1, 0);
        } else {
            assertTotals(1, 0, 0);
        }
    }

    private void assertTotals(long succeeded, long failed, long ignored) {
        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::succeeded, CallTotals::failed, CallTotals::ignored)
                .containsExactly(succeeded, failed, ignored);
    }
}
