package io.breaker.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.StateOverride;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTests {

    private final ManualTime time = new ManualTime();

    @ParameterizedTest
    @CsvSource({"0, 60", "1, 60", "999, 60", "1000, 59", "59000, 1", "59999, 1", "60000, 1"})
    void isWhatIsLeftOfTheCooldownInWholeSecondsRoundedUpAndAtLeastOne(long millis, long seconds) {
        CallNotPermittedException rejection = rejectionOf(opened("fixed(60s)"));

        time.advance(Duration.ofMillis(millis));

        assertThat(RetryAfter.seconds(rejection)).contains(seconds);
    }

    @Test
    void isOneSecondWhereABulkheadIsFull() {
        Bulkhead bulkhead = Bulkhead.of("orders", settings -> settings.maxConcurrentCalls(1));
        bulkhead.callAsync(CompletableFuture::new);

        assertThat(RetryAfter.seconds(catchThrowableOfType(BulkheadFullException.class, () -> bulkhead.run(() -> {}))))
                .contains(1L);
    }

    @Test
    void isUnknownWhereTheCooldownHasNoEnd() {
        assertThat(RetryAfter.seconds(rejectionOf(opened("indefinite")))).isEmpty();
    }

    @Test
    void isOneSecondWhileOthersProbe() {
        CircuitBreaker breaker = opened("none");
        breaker.begin();

        CallNotPermittedException rejection = rejectionOf(breaker);

        assertThat(rejection.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(RetryAfter.seconds(rejection)).contains(1L);
    }

    @Test
    void isUnknownWhileForcedOpenWithoutAnEnd() {
        CircuitBreaker breaker = breaker("none");
        breaker.forceOpen();

        assertThat(RetryAfter.seconds(rejectionOf(breaker))).isEmpty();
    }

    @Test
    void isWhatIsLeftOfAnOverrideThatHasAnEnd() {
        CircuitBreaker breaker = breaker("none");
        breaker.override(StateOverride.to(CircuitState.FORCED_OPEN).expiringIn(Duration.ofSeconds(10)));

        CallNotPermittedException rejection = rejectionOf(breaker);
        time.advance(Duration.ofMillis(1));

        assertThat(RetryAfter.seconds(rejection)).contains(10L);
    }

    private CircuitBreaker breaker(String cooldown) {
        CircuitBreakerConfig config = CircuitBreakerConfig.builder()
                .tripper("failureStreak(1)")
                .cooldown(cooldown)
                .permit("concurrent(1)")
                .build();
        return CircuitBreaker.of("payments", config, time);
    }

    private CircuitBreaker opened(String cooldown) {
        CircuitBreaker breaker = breaker(cooldown);
        breaker.begin().fail(new IllegalStateException("down"));
        return breaker;
    }

    private static CallNotPermittedException rejectionOf(CircuitBreaker breaker) {
        return catchThrowableOfType(CallNotPermittedException.class, breaker::begin);
    }
}
