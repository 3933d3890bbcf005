package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerEvent.Failed;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Succeeded;
import io.breaker.policy.FoundStage;
import io.breaker.testing.ManualTime;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that tell nobody when they end: they count when they are found ended, without a latency. */
class FoundCallTests {

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "payments",
            CircuitBreakerConfig.builder()
                    .tripper("slowRate(0.5, 3s) | avgLatency(3s)")
                    .build(),
            time);
    private final Found found = new Found();

    @Test
    void aCallThatWasFoundEndedCountsWithoutALatency() {
        List<Optional<Duration>> latencies = new ArrayList<>();
        breaker.onEvent(Succeeded.class, event -> latencies.add(event.latency()));
        breaker.onEvent(Failed.class, event -> latencies.add(event.latency()));
        breaker.callAsync(() -> found);
        time.advance(Duration.ofHours(1));
        found.finish(null);
        Found failed = new Found();
        breaker.callAsync(() -> failed);
        time.advance(Duration.ofHours(1));
        failed.finish(new IOException("down"));

        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(breaker.snapshot().totals()).satisfies(totals -> {
            assertThat(totals.succeeded()).isEqualTo(1);
            assertThat(totals.failed()).isEqualTo(1);
            assertThat(totals.meanLatency()).isEmpty();
        });
        assertThat(breaker.snapshot().stats()).satisfies(stats -> {
            assertThat(stats.total()).isEqualTo(2);
            assertThat(stats.meanLatency()).isEmpty();
        });
        assertThat(latencies).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void aCallThatWasEndedFromOutsideHasItsLatency() {
        Timeout timeout = Timeout.of("payments", limit(Duration.ofSeconds(2)), time, time);
        breaker.callAsync(() -> timeout.callAsync(() -> found));
        time.advance(Duration.ofSeconds(2));

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
        assertThat(breaker.snapshot().totals().meanLatency()).contains(Duration.ofSeconds(2));
    }

    @Test
    void aProbeThatWasFoundEndedCloses() {
        breaker.reconfigure(CircuitBreakerConfig.builder()
                .tripper("failureStreak(1)")
                .successThreshold(1)
                .probeTimeout(Duration.ofMinutes(1))
                .build());
        breaker.callAsync(() -> CompletableFuture.failedFuture(new IOException("down")));
        time.advance(Duration.ofMinutes(1));
        breaker.callAsync(() -> found);
        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);

        found.finish(null);
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    private static TimeoutConfig limit(Duration limit) {
        return TimeoutConfig.of(limit);
    }

    private static final class Found extends CompletableFuture<String> implements FoundStage<String> {

        private boolean found;

        void finish(@Nullable Throwable thrown) {
            found = true;
            if (thrown == null) {
                complete("fine");
            } else {
                completeExceptionally(thrown);
            }
        }

        @Override
        public boolean wasFound() {
            return found;
        }

        @Override
        public void look() {}
    }
}
