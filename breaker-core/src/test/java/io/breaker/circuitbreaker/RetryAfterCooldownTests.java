package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.policy.RetryAfter;
import io.breaker.testing.LogCapture;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How long OPEN lasts after a failure that says how long to leave the service alone. */
class RetryAfterCooldownTests {

    private final ManualTime time = new ManualTime();

    @Test
    void lastsAsLongAsTheFailureAsksForWhereThatIsLonger() {
        assertThat(openAfter(new Busy(Duration.ofSeconds(7)), settings -> settings.cooldown("fixed(5s)")))
                .contains(Duration.ofSeconds(7));
    }

    @Test
    void lastsAsLongAsTheCooldownSaysWhereThatIsLonger() {
        assertThat(openAfter(new Busy(Duration.ofSeconds(7)), settings -> settings.cooldown("fixed(60s)")))
                .contains(Duration.ofSeconds(60));
    }

    @Test
    void aFailureMayAskThroughItsCause() {
        assertThat(openAfter(
                        new IllegalStateException(new Busy(Duration.ofSeconds(7))),
                        settings -> settings.cooldown("fixed(5s)")))
                .contains(Duration.ofSeconds(7));
    }

    @Test
    void noFailureKeepsTheCircuitOpenForLongerThanTheLimit() {
        assertThat(openAfter(new Busy(Duration.ofDays(1)), settings -> settings.cooldown("fixed(5s)")))
                .contains(Duration.ofMinutes(5));
        assertThat(openAfter(
                        new Busy(Duration.ofDays(1)),
                        settings -> settings.cooldown("fixed(5s)").maxRetryAfter(Duration.ofSeconds(30))))
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void aLimitOfZeroHeedsNoFailure() {
        assertThat(openAfter(
                        new Busy(Duration.ofSeconds(7)),
                        settings -> settings.cooldown("fixed(5s)").maxRetryAfter(Duration.ZERO)))
                .contains(Duration.ofSeconds(5));
    }

    @Test
    void aCooldownWithoutAnEndStaysWithoutOne() {
        assertThat(openAfter(new Busy(Duration.ofSeconds(7)), settings -> settings.cooldown("indefinite")))
                .isEmpty();
    }

    @Test
    void aFunctionMayReadWhatOtherFailuresAskFor() {
        assertThat(openAfter(
                        new IllegalStateException("9"),
                        settings -> settings.cooldown("fixed(5s)")
                                .retryAfter(failure ->
                                        Optional.of(Duration.ofSeconds(Long.parseLong(failure.getMessage()))))))
                .contains(Duration.ofSeconds(9));
    }

    @Test
    void aFunctionThatThrowsIsLoggedAndLeavesTheCooldown() {
        try (LogCapture log = LogCapture.of(CircuitBreaker.class)) {
            assertThat(openAfter(
                            new IllegalStateException("soon"),
                            settings -> settings.cooldown("fixed(5s)")
                                    .retryAfter(failure ->
                                            Optional.of(Duration.ofSeconds(Long.parseLong(failure.getMessage()))))))
                    .contains(Duration.ofSeconds(5));

            assertThat(log.messages()).singleElement().asString().contains("retryAfter function");
        }
    }

    @Test
    void aProbeThatFailsMayAskToo() {
        CircuitBreaker breaker = breaker(settings -> settings.cooldown("fixed(5s)"));
        fail(breaker, new IllegalStateException());
        time.advance(Duration.ofSeconds(5));
        fail(breaker, new Busy(Duration.ofSeconds(7)));

        assertThat(breaker.snapshot().reopens()).isEqualTo(1);
        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void whatAFailureAsksForCountsFromTheFailureOn() {
        CircuitBreaker breaker = breaker(settings ->
                settings.tripper("minRequests(2) & slowRate(0.5, 20s)").cooldown("fixed(5s)"));
        fail(breaker, new Busy(Duration.ofSeconds(60)));
        breaker.run(() -> time.advance(Duration.ofSeconds(20)));

        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(40));
    }

    @Test
    void aFailureThatIsThrownAgainAsksAnew() {
        CircuitBreaker breaker =
                breaker(settings -> settings.tripper("failureStreak(2)").cooldown("fixed(5s)"));
        Busy busy = new Busy(Duration.ofSeconds(60));
        fail(breaker, busy);
        time.advance(Duration.ofHours(1));
        fail(breaker, busy);

        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(60));
    }

    @Test
    void aFailureOfLongAgoAsksForNothing() {
        CircuitBreaker breaker = breaker(settings ->
                settings.tripper("minRequests(2) & slowRate(0.5, 20s)").cooldown("fixed(5s)"));
        fail(breaker, new Busy(Duration.ofSeconds(60)));
        time.advance(Duration.ofHours(2));
        breaker.run(() -> time.advance(Duration.ofSeconds(20)));

        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void refusesALimitBelowZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CircuitBreakerConfig.builder().maxRetryAfter(Duration.ofSeconds(-1)))
                .withMessage("maxRetryAfter must not be negative: PT-1S");
    }

    @Test
    void aCallThatFailsUntrackedIsAFailureWhateverTheTrackerSays() {
        CircuitBreaker breaker = breaker(settings -> settings.tracker("!all").cooldown("fixed(5s)"));

        breaker.begin().fail(new Busy(Duration.ofSeconds(7)));
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);

        breaker.begin().failUntracked(new Busy(Duration.ofSeconds(7)));
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(7));
    }

    private Optional<Duration> openAfter(
            RuntimeException failure, UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreaker breaker = breaker(settings);
        fail(breaker, failure);
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        return breaker.snapshot().retryAfter();
    }

    private CircuitBreaker breaker(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreakerConfig.Builder builder = CircuitBreakerConfig.builder().tripper("failureStreak(1)");
        return CircuitBreaker.of("payments", settings.apply(builder).build(), time);
    }

    private static void fail(CircuitBreaker breaker, RuntimeException failure) {
        assertThat(catchThrowable(() -> breaker.run(() -> {
                    throw failure;
                })))
                .isSameAs(failure);
    }

    /** A failure that says when to come back. */
    private static final class Busy extends RuntimeException implements RetryAfter {

        private static final long serialVersionUID = 1L;

        private final Duration asked;

        Busy(Duration asked) {
            this.asked = asked;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(asked);
        }
    }
}
