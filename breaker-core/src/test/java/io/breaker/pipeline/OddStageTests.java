package io.breaker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.fallback.Fallback;
import io.breaker.policy.Policy;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Timers;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the stage of a call does, callAsync never throws, and its caller gets an answer. */
class OddStageTests {

    private static final ManualTime TIME = new ManualTime();
    private static final Timers TIMERS = new Timers(TIME);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final IllegalStateException defect = new IllegalStateException("defect");

    static Stream<Policy> policies() {
        return Stream.of(
                Retry.of("odd", RetryConfig.builder().maxAttempts(1).build(), TIME, TIMERS),
                CircuitBreaker.of("odd", settings -> settings),
                Bulkhead.of("odd", settings -> settings),
                Timeout.of("odd", TimeoutConfig.of(SECOND), TIME, TIMERS));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aStageThatCannotBeFollowedIsAFailure(Policy policy) {
        CompletionStage<String> returned = policy.callAsync(Unfollowable::new);

        assertFailed(returned);
        assertThat(TIMERS.pending()).isZero();
    }

    @Test
    void aStageThatCannotBeFollowedIsRetriedAndAnswered() {
        Retry retry = Retry.of("odd", RetryConfig.ofDefaults(), TIME, TIMERS);
        AtomicInteger attempts = new AtomicInteger();

        CompletionStage<String> returned = Fallback.of("fallback")
                .callAsync(() -> retry.callAsync(() -> {
                    attempts.incrementAndGet();
                    return new Unfollowable();
                }));
        TIME.advance(SECOND);

        assertThat(returned).isCompletedWithValue("fallback");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void anAnswerThatCannotBeFollowedIsAFailureOfTheFallback() {
        Fallback<String> fallback = Fallback.ofStage(Exception.class, failure -> new Unfollowable());

        CompletionStage<String> returned =
                fallback.callAsync(() -> CompletableFuture.failedFuture(new RuntimeException("call")));

        assertFailed(returned);
        assertThat(fallback.totals().failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aStageThatThrowsWhenItIsCancelledDoesNotDisturbWhoGivesUp(Policy policy) {
        CompletableFuture<String> source = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                throw defect;
            }
        };
        CompletableFuture<String> returned = policy.callAsync(() -> source).toCompletableFuture();

        assertThat(returned.cancel(true)).isTrue();

        assertThat(returned).isCancelled();
        assertThat(TIMERS.pending()).isZero();
    }

    private void assertFailed(CompletionStage<String> returned) {
        // Asked first: a caller who gets no answer would wait for ever.
        assertThat(returned.toCompletableFuture()).isDone();
        assertThatThrownBy(() -> returned.toCompletableFuture().join()).hasCause(defect);
    }

    /** A stage that does not let anybody wait for it. */
    private final class Unfollowable extends CompletableFuture<String> {

        @Override
        public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
            throw defect;
        }
    }
}
