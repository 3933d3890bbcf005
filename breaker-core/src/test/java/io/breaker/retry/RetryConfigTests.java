package io.breaker.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.expression.ExpressionException;
import io.breaker.time.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryConfigTests {

    @Test
    void hasTheDefaultsOfTheContract() {
        RetryConfig config = RetryConfig.ofDefaults();

        assertThat(config.maxAttempts()).isEqualTo(3);
        assertThat(config.backoff()).isEqualTo(new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(3), 0.2));
        assertThat(config.on()).isEmpty();
        assertThat(config.budget()).isZero();
        assertThat(config.maxRetryAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.retryAfter().apply(new Busy(Duration.ofSeconds(7)))).contains(Duration.ofSeconds(7));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        RetryConfig.Builder builder = RetryConfig.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxAttempts(0))
                .withMessage("maxAttempts must be at least 1: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.budget(Duration.ofMillis(-1)))
                .withMessage("budget must not be negative: PT-0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxRetryAfter(Duration.ofMillis(-1)))
                .withMessage("maxRetryAfter must not be negative: PT-0.001S");
        assertThatExceptionOfType(ExpressionException.class).isThrownBy(() -> builder.on("al"));
    }

    @Test
    void doesNotChangeWithTheBuilderItCameFrom() {
        RetryConfig.Builder builder = RetryConfig.builder().maxAttempts(4);
        RetryConfig config = builder.build();

        builder.maxAttempts(5);
        RetryConfig copy = config.toBuilder().maxAttempts(6).build();

        assertThat(config.maxAttempts()).isEqualTo(4);
        assertThat(copy.maxAttempts()).isEqualTo(6);
    }

    @Test
    void aCopyHasEverySetting() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), 3, Duration.ofSeconds(9), 0.5);
        RetryConfig config = RetryConfig.builder()
                .maxAttempts(4)
                .backoff(backoff)
                .on("typeOf(java.io.IOException)")
                .budget(Duration.ofSeconds(10))
                .maxRetryAfter(Duration.ofSeconds(11))
                .retryAfter(failure -> Optional.of(Duration.ofSeconds(12)))
                .executor(Runnable::run)
                .build();

        RetryConfig copy = config.toBuilder().build();

        assertThat(copy.maxAttempts()).isEqualTo(4);
        assertThat(copy.backoff()).isEqualTo(backoff);
        assertThat(copy.on()).contains(Tracker.typeOf(IOException.class));
        assertThat(copy.budget()).isEqualTo(Duration.ofSeconds(10));
        assertThat(copy.maxRetryAfter()).isEqualTo(Duration.ofSeconds(11));
        assertThat(copy.retryAfter()).isSameAs(config.retryAfter());
        assertThat(copy.executor()).isSameAs(config.executor());
        assertThat(copy)
                .hasToString("maxAttempts=4, backoff=Backoff[initial=PT1S, multiplier=3.0, max=PT9S, "
                        + "jitter=0.5], on=typeOf(java.io.IOException), budget=PT10S, maxRetryAfter=PT11S");
    }
}
