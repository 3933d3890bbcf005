package io.breaker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RetryAfterTests {

    @Test
    void isFoundAnywhereInTheCauseChain() {
        Throwable failure = new CompletionException(new IllegalStateException(new Busy(Duration.ofSeconds(7))));

        assertThat(RetryAfter.askedBy(failure)).contains(Duration.ofSeconds(7));
    }

    @Test
    void whoDoesNotAskIsPassedOver() {
        Busy inner = new Busy(Duration.ofSeconds(7));
        Busy silent = new Busy(null);
        silent.initCause(inner);
        Busy overdue = new Busy(Duration.ofSeconds(-1));
        overdue.initCause(silent);

        assertThat(RetryAfter.askedBy(overdue)).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.askedBy(new Busy(Duration.ZERO))).isEmpty();
        assertThat(RetryAfter.askedBy(new IllegalStateException())).isEmpty();
    }

    @Test
    void aChainThatRunsInACircleEnds() {
        IllegalStateException first = new IllegalStateException();
        IllegalStateException second = new IllegalStateException(first);
        first.initCause(second);

        assertThat(RetryAfter.askedBy(first)).isEmpty();
    }

    private static final class Busy extends RuntimeException implements RetryAfter {

        private static final long serialVersionUID = 1L;

        private final Duration delay;

        Busy(Duration delay) {
            this.delay = delay;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(delay);
        }
    }
}
