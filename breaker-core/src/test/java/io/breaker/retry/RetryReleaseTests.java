package io.breaker.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.policy.Releasable;
import io.breaker.testing.LogCapture;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Failures that hold on to something. */
class RetryReleaseTests {

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);

    private static final class Holding extends RuntimeException implements Releasable {

        private static final long serialVersionUID = 1L;

        int released;

        @Override
        public void release() {
            released++;
        }
    }

    @Test
    void aFailureIsReleasedWhereAnotherAttemptFollowsAndTheLastOneIsNot() {
        Holding first = new Holding();
        Holding last = new Holding();
        Queue<Holding> failures = new ArrayDeque<>(Arrays.asList(first, last));

        assertThatThrownBy(() -> retry(settings()).run(() -> {
                    throw failures.remove();
                }))
                .isSameAs(last);

        assertThat(first.released).isEqualTo(1);
        assertThat(last.released).isZero();
    }

    @Test
    void aFailureThatTheBudgetEndsIsNotReleased() {
        Holding only = new Holding();

        assertThatThrownBy(() -> retry(settings().budget(Duration.ofMillis(1))).run(() -> {
                    throw only;
                }))
                .isSameAs(only);

        assertThat(only.released).isZero();
    }

    @Test
    void aFailedStageReleasesItsFailureBeforeTheWait() {
        Holding first = new Holding();
        Retry retry = Retry.of("mail", settings().build(), time, timers);
        Queue<CompletionStage<String>> stages = new ArrayDeque<>(Arrays.asList(
                CompletableFuture.failedFuture(new CompletionException(first)),
                CompletableFuture.completedFuture("value")));

        CompletionStage<String> result = retry.callAsync(stages::remove);

        assertThat(first.released).isEqualTo(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(result.toCompletableFuture()).isCompletedWithValue("value");
    }

    @Test
    void aFailureThatCannotBeReleasedIsLoggedAndTheRetryGoesOn() {
        class Broken extends RuntimeException implements Releasable {

            private static final long serialVersionUID = 1L;

            @Override
            public void release() {
                throw new IllegalStateException("defect");
            }
        }
        Queue<RuntimeException> failures = new ArrayDeque<>(Arrays.asList(new Broken()));
        try (LogCapture log = LogCapture.of(Retry.class)) {
            String value = retry(settings()).get(() -> {
                if (!failures.isEmpty()) {
                    throw failures.remove();
                }
                return "value";
            });

            assertThat(value).isEqualTo("value");
            assertThat(log.messages()).containsExactly("retry 'mail': the failure could not be released (logged once)");
        }
    }

    private static RetryConfig.Builder settings() {
        return RetryConfig.builder().maxAttempts(2);
    }

    private Retry retry(RetryConfig.Builder settings) {
        return Retry.of("mail", settings.build(), time, timers.stepping());
    }
}
