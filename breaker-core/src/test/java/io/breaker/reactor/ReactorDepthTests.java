package io.breaker.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Timers;
import io.breaker.time.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** Many calls that end on the spot, one after the other, do not pile up on the stack. */
@Timeout(60)
class ReactorDepthTests {

    private static final int MANY = 5_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);
    private final AtomicInteger ended = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void aQueueIsWorkedOffInALoop(Kind kind) {
        Bulkhead bulkhead = Bulkhead.of("shop", new BulkheadConfig(1, MANY, MINUTE), time, timers);
        TestPublisher<String> first = TestPublisher.create();
        Flux.from(kind.guard(bulkhead, () -> first)).subscribe();
        for (int i = 0; i < MANY; i++) {
            Flux.from(kind.guard(bulkhead, () -> Mono.just("value"))).subscribe(value -> ended.incrementAndGet());
        }

        first.complete();

        assertThat(ended).hasValue(MANY);
        assertThat(bulkhead.activeCalls()).isZero();
        assertThat(timers.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void eachRetryBeginsInATaskOfItsOwn(Kind kind) {
        RetryConfig config = RetryConfig.builder()
                .maxAttempts(MANY)
                .backoff(new Backoff(Duration.ofMillis(1), 1, MINUTE, /* jitter= */ 0))
                .build();
        Retry retry = Retry.of("shop", config, time, timers);
        Flux.from(kind.guard(retry, () -> Mono.error(new IOException())))
                .subscribe(value -> {}, thrown -> ended.incrementAndGet());

        time.advance(MINUTE);

        assertThat(ended).hasValue(1);
        assertThat(retry.totals().retries()).isEqualTo(MANY - 1);
        assertThat(timers.pending()).isZero();
    }
}
