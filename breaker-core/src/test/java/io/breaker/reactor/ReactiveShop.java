package io.breaker.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.pipeline.Pipeline;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Timers;
import io.breaker.time.Backoff;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** All the policies on manual time, in one pipeline: one slot, one place in the queue, two attempts. */
final class ReactiveShop {

    static final Duration LIMIT = Duration.ofSeconds(2);
    static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(1);
    static final Duration BACKOFF = Duration.ofMillis(100);

    final ManualTime time = new ManualTime();
    final Timers timers = new Timers(time);
    final CircuitBreaker breaker;
    final Retry retry = Retry.of(
            "shop",
            RetryConfig.builder()
                    .maxAttempts(2)
                    .backoff(new Backoff(BACKOFF, 2, Duration.ofSeconds(3), /* jitter= */ 0))
                    .build(),
            time,
            timers);
    final Bulkhead bulkhead = Bulkhead.of(
            "shop",
            new BulkheadConfig(/* maxConcurrentCalls= */ 1, /* queueCapacity= */ 1, QUEUE_TIMEOUT),
            time,
            timers);
    final Timeout timeout = Timeout.of("shop", TimeoutConfig.of(LIMIT), time, timers);
    final Pipeline pipeline;

    ReactiveShop() {
        this(settings -> settings);
    }

    ReactiveShop(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreakerConfig config = settings.apply(
                        CircuitBreakerConfig.builder().tracker("!typeOf(java.lang.IllegalArgumentException)"))
                .build();
        breaker = CircuitBreaker.of("shop", config, time);
        pipeline = Pipeline.builder("shop")
                .retry(retry)
                .circuitBreaker(breaker)
                .bulkhead(bulkhead)
                .timeout(timeout)
                .build();
    }

    void assertTotals(long succeeded, long failed, long ignored, long rejected) {
        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::succeeded, CallTotals::failed, CallTotals::ignored, CallTotals::rejected)
                .containsExactly(succeeded, failed, ignored, rejected);
    }

    void assertAllIsGivenBack() {
        assertThat(bulkhead.activeCalls()).isZero();
        assertThat(bulkhead.queued()).isZero();
        assertThat(timers.pending()).isZero();
    }
}
