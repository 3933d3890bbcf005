package io.breaker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.policy.Causes;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Timers;
import io.breaker.time.Backoff;
import io.breaker.timeout.CallTimeoutException;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each outcome through all the policies at once: what the caller gets, what is counted, and that all is given back. */
class PipelineMatrixTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "shop",
            CircuitBreakerConfig.builder()
                    .tracker("!typeOf(java.lang.IllegalArgumentException)")
                    .build(),
            time);
    private final Retry retry = Retry.of(
            "shop",
            RetryConfig.builder()
                    .maxAttempts(2)
                    .backoff(new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(3), /* jitter= */ 0))
                    .build(),
            time,
            timers.stepping());
    private final Bulkhead bulkhead = Bulkhead.of(
            "shop", new BulkheadConfig(/* maxConcurrentCalls= */ 1, /* queueCapacity= */ 0, LIMIT), time, timers);
    private final Timeout timeout = Timeout.of("shop", TimeoutConfig.of(LIMIT), time, timers);
    private final Pipeline pipeline = Pipeline.builder("shop")
            .timeout(timeout)
            .bulkhead(bulkhead)
            .circuitBreaker(breaker)
            .retry(retry)
            .build();

    @AfterEach
    void allIsGivenBack() {
        assertThat(bulkhead.activeCalls()).isZero();
        assertThat(bulkhead.queued()).isZero();
        assertThat(timers.pending()).isZero();
        assertThat(Thread.interrupted()).isFalse();
    }

    /** How each attempt of a call ends, and what becomes of the call. */
    enum Outcome {
        SUCCESS(null, null, 0, 1, 0, 0),
        FAILURE(IOException.class, new IOException(), 1, 0, 2, 0),
        IGNORED(IllegalArgumentException.class, new IllegalArgumentException(), 0, 0, 0, 1),
        ERROR(StackOverflowError.class, new StackOverflowError(), 0, 0, 1, 0);

        final Class<? extends Throwable> seen;
        final Throwable thrown;
        final int retries;
        final int succeeded;
        final int failed;
        final int ignored;

        Outcome(
                Class<? extends Throwable> seen,
                Throwable thrown,
                int retries,
                int succeeded,
                int failed,
                int ignored) {
            this.seen = seen;
            this.thrown = thrown;
            this.retries = retries;
            this.succeeded = succeeded;
            this.failed = failed;
            this.ignored = ignored;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSynchronousCallEndsAsItsPoliciesSay(Outcome outcome) {
        Throwable thrown = catchThrowable(() -> pipeline.call(() -> {
            if (outcome.thrown instanceof Error error) {
                throw error;
            }
            if (outcome.thrown instanceof Exception exception) {
                throw exception;
            }
            return "value";
        }));

        assertEndedAs(outcome, thrown);
    }

    @ParameterizedTest
    @EnumSource
    void anAsynchronousCallEndsLikeASynchronousOne(Outcome outcome) {
        CompletableFuture<String> returned = async(() -> outcome.thrown == null
                ? CompletableFuture.completedFuture("value")
                : CompletableFuture.failedFuture(outcome.thrown));
        time.advance(Duration.ofMillis(100));

        assertThat(returned).isDone();
        Throwable thrown = catchThrowable(returned::join);
        assertEndedAs(outcome, thrown == null ? null : Causes.unwrap(thrown));
    }

    @Test
    void aCallThatTakesTooLongIsAFailureAndIsRetried() {
        Throwable thrown = catchThrowable(() -> pipeline.call(() -> {
            time.advance(LIMIT);
            return "too late";
        }));

        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        assertTotals(0, 2, 0, 0);
        assertThat(retry.totals().retries()).isEqualTo(1);
    }

    @Test
    void anAsynchronousCallThatTakesTooLongIsAFailureAndItsSourceIsCancelled() {
        List<CompletableFuture<String>> sources = new ArrayList<>();
        CompletableFuture<String> returned = async(() -> {
            sources.add(new CompletableFuture<>());
            return sources.get(sources.size() - 1);
        });

        time.advance(LIMIT.multipliedBy(3));

        assertThat(Causes.unwrap(catchThrowable(returned::join))).isInstanceOf(CallTimeoutException.class);
        assertThat(sources).hasSize(2).allMatch(CompletableFuture::isCancelled);
        assertTotals(0, 2, 0, 0);
    }

    @Test
    void anOpenCircuitIsNeitherRecordedNorRetried() {
        breaker.forceOpen();

        assertThat(catchThrowable(() -> pipeline.get(() -> "value"))).isInstanceOf(CallNotPermittedException.class);
        assertThat(Causes.unwrap(catchThrowable(async(() -> CompletableFuture.completedFuture("value"))::join)))
                .isInstanceOf(CallNotPermittedException.class);

        assertTotals(0, 0, 0, 2);
        assertThat(retry.totals().retries()).isZero();
    }

    @Test
    void aFullBulkheadIsNeitherRecordedNorRetried() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> first = async(() -> source);

        assertThat(catchThrowable(() -> pipeline.get(() -> "value"))).isInstanceOf(BulkheadFullException.class);
        assertThat(Causes.unwrap(catchThrowable(async(() -> CompletableFuture.completedFuture("value"))::join)))
                .isInstanceOf(BulkheadFullException.class);

        source.complete("value");
        assertThat(first).isCompletedWithValue("value");
        assertTotals(1, 0, 2, 0);
        assertThat(retry.totals().retries()).isZero();
    }

    @Test
    void aCancelledCallIsIgnoredAndItsSourceCancelled() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> returned = async(() -> source);

        returned.cancel(true);

        assertThat(source).isCancelled();
        assertTotals(0, 0, 1, 0);
        assertThat(retry.totals().retries()).isZero();
    }

    @Test
    void aCallThatIsCancelledDuringTheWaitIsNotMadeAgain() {
        CompletableFuture<String> returned = async(() -> CompletableFuture.failedFuture(new IOException()));

        returned.cancel(true);
        time.advance(LIMIT);

        assertTotals(0, 1, 0, 0);
        assertThat(retry.totals().retries()).isZero();
    }

    private CompletableFuture<String> async(Supplier<? extends CompletionStage<String>> call) {
        return pipeline.callAsync(call).toCompletableFuture();
    }

    private void assertEndedAs(Outcome outcome, Throwable thrown) {
        if (outcome.seen == null) {
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown).isInstanceOf(outcome.seen).isSameAs(outcome.thrown);
        }
        assertTotals(outcome.succeeded, outcome.failed, outcome.ignored, 0);
        assertThat(retry.totals().retries()).isEqualTo(outcome.retries);
    }

    private void assertTotals(long succeeded, long failed, long ignored, long rejected) {
        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::succeeded, CallTotals::failed, CallTotals::ignored, CallTotals::rejected)
                .containsExactly(succeeded, failed, ignored, rejected);
    }
}
