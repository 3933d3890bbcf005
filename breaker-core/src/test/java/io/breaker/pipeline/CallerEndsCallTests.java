package io.breaker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.fallback.Fallback;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A caller who ends the returned stage himself: the breaker learns of it, whatever stands around it. */
class CallerEndsCallTests {

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = CircuitBreaker.of("shop", settings -> settings);
    private final Pipeline pipeline = Pipeline.builder("shop")
            .circuitBreaker(breaker)
            .retry(Retry.of("shop", RetryConfig.builder().maxAttempts(2).build(), time, time))
            .build();
    private final CompletableFuture<String> source = new CompletableFuture<>();

    @Test
    void aTimeoutOfTheCallersIsAFailure() {
        CompletableFuture<String> returned = pipeline.callAsync(() -> source).toCompletableFuture();
        returned.completeExceptionally(new TimeoutException());

        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::succeeded, CallTotals::failed, CallTotals::ignored)
                .containsExactly(0L, 1L, 0L);
        assertThat(source).isNotDone();
    }

    @Test
    void aTimeoutOfTheCallersIsAFailureAlsoWhereAFallbackStandsAround() {
        CompletableFuture<String> returned =
                pipeline.callAsync(() -> source, Fallback.of("default")).toCompletableFuture();
        returned.completeExceptionally(new TimeoutException());

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
        assertThat(pipeline.fallbacks()).isZero();
    }

    @Test
    void aValueOfTheCallersSaysNothingAboutTheCall() {
        CompletableFuture<String> returned = pipeline.callAsync(() -> source).toCompletableFuture();
        returned.complete("default");

        assertThat(breaker.snapshot().totals().ignored()).isEqualTo(1);
        source.complete("late");
        assertThat(returned).isCompletedWithValue("default");
        assertThat(breaker.snapshot().totals().succeeded()).isZero();
    }

    @Test
    void aCallerWhoEndsTheStageWhileAnotherAttemptIsMadeEndsThatToo() {
        List<CompletableFuture<String>> returned = new ArrayList<>();
        List<CompletableFuture<String>> sources = new ArrayList<>();
        returned.add(pipeline.callAsync(() -> {
                    if (sources.size() == 1) {
                        returned.get(0).completeExceptionally(new TimeoutException());
                    }
                    sources.add(new CompletableFuture<>());
                    return sources.get(sources.size() - 1);
                })
                .toCompletableFuture());
        sources.get(0).completeExceptionally(new IOException());
        time.advance(Duration.ofSeconds(1));

        assertThat(sources).hasSize(2);
        assertThat(breaker.snapshot().totals().failed()).isEqualTo(2);
    }
}
