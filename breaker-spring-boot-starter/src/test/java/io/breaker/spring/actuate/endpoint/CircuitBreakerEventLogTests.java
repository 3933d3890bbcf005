package io.breaker.spring.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.spring.actuate.endpoint.LoggedCall.Outcome;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CircuitBreakerEventLogTests {

    private final ManualTime time = new ManualTime();
    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(time);

    @Test
    void keepsFailedAndIgnoredCallsNewestFirst() {
        CircuitBreaker breaker = register("payments");
        CircuitBreakerEventLog log = new CircuitBreakerEventLog(registry, false);

        fail(breaker, new IllegalStateException("down"));
        fail(breaker, new IllegalArgumentException("your fault"));
        succeed(breaker);

        assertThat(log.calls("payments"))
                .extracting(LoggedCall::outcome, LoggedCall::type, LoggedCall::message, LoggedCall::latency)
                .containsExactly(
                        tuple(Outcome.IGNORED, "java.lang.IllegalArgumentException", "your fault", null),
                        tuple(Outcome.FAILED, "java.lang.IllegalStateException", "down", Duration.ofSeconds(1)));
    }

    @Test
    void hearsOfABreakerThatIsRegisteredLater() {
        CircuitBreakerEventLog log = new CircuitBreakerEventLog(registry, false);

        fail(register("payments"), new IllegalStateException("down"));

        assertThat(log.calls("payments")).hasSize(1);
    }

    @Test
    void keepsTheCallsOfEachBreakerApart() {
        CircuitBreakerEventLog log = new CircuitBreakerEventLog(registry, false);

        fail(register("payments"), new IllegalStateException("down"));

        assertThat(log.calls("stock")).isEmpty();
        assertThat(log.lastFailure("stock")).isEmpty();
    }

    @Test
    void keepsTheLastFailureHoweverManyIgnoredCallsCameAfterIt() {
        CircuitBreaker breaker = register("payments");
        CircuitBreakerEventLog log = new CircuitBreakerEventLog(registry, false);

        fail(breaker, new IllegalStateException("first"));
        fail(breaker, new IllegalStateException("second"));
        IntStream.range(0, 200).forEach(i -> fail(breaker, new IllegalArgumentException("your fault")));

        assertThat(log.lastFailure("payments"))
                .get()
                .extracting(LoggedCall::message)
                .isEqualTo("second");
        assertThat(log.calls("payments"))
                .hasSize(100)
                .extracting(LoggedCall::outcome)
                .containsOnly(Outcome.IGNORED);
    }

    @Test
    void keepsSucceededAndRejectedCallsOnlyWhenToldTo() {
        CircuitBreaker breaker = register("payments");
        CircuitBreakerEventLog few = new CircuitBreakerEventLog(registry, false);
        CircuitBreakerEventLog all = new CircuitBreakerEventLog(registry, true);

        succeed(breaker);
        breaker.forceOpen();
        assertThatThrownBy(() -> succeed(breaker));

        assertThat(few.calls("payments")).isEmpty();
        assertThat(all.calls("payments"))
                .extracting(LoggedCall::outcome)
                .containsExactly(Outcome.REJECTED, Outcome.SUCCEEDED);
    }

    @Test
    void hearsNothingAfterItWasClosed() {
        CircuitBreaker breaker = register("payments");
        CircuitBreakerEventLog log = new CircuitBreakerEventLog(registry, true);

        log.close();
        fail(breaker, new IllegalStateException("down"));

        assertThat(log.calls("payments")).isEmpty();
    }

    private CircuitBreaker register(String name) {
        return registry.register(
                name,
                CircuitBreakerConfig.builder()
                        .tracker(Tracker.typeOf(IllegalArgumentException.class).negate())
                        .tripper("failureCount(1000)")
                        .window("count(1000)")
                        .build());
    }

    private void succeed(CircuitBreaker breaker) {
        breaker.run(() -> time.advance(Duration.ofSeconds(1)));
    }

    private void fail(CircuitBreaker breaker, RuntimeException thrown) {
        assertThatThrownBy(() -> breaker.run(() -> {
                    time.advance(Duration.ofSeconds(1));
                    throw thrown;
                }))
                .isSameAs(thrown);
    }
}
