package io.breaker.spring.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

class CircuitBreakersHealthContributorTests {

    private final ManualTime time = new ManualTime();
    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(time);
    private final CircuitBreakersHealthContributor contributor =
            new CircuitBreakersHealthContributor(registry, Status.DOWN);

    @Test
    void isUpWhileTheCircuitIsClosed() {
        register("payments", "fixed(60s)");

        Health health = healthOf("payments");

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("state", CircuitState.CLOSED)
                .containsOnlyKeys("state", "since");
    }

    @Test
    void hasTheOpenStatusWhileTheCooldownLasts() {
        fail(register("payments", "fixed(60s)"));
        time.advance(Duration.ofSeconds(20));

        Health health = healthOf("payments");

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry("state", CircuitState.OPEN)
                .containsEntry("retryAfter", Duration.ofSeconds(40))
                .containsEntry("reason", "failureStreak(1) held: 1 call failed in a row")
                .containsEntry("failureRate", 1.0);
    }

    @Test
    void isUpAgainOnceTheNextCallMayProbe() {
        fail(register("payments", "fixed(60s)"));
        time.advance(Duration.ofSeconds(60));

        Health health = healthOf("payments");

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("state", CircuitState.OPEN);
    }

    @Test
    void isUpWhileTheCircuitIsProbed() {
        CircuitBreaker breaker = register("payments", "none");
        fail(breaker);
        breaker.run(() -> {});

        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(healthOf("payments").getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void hasTheOpenStatusWhereTheCooldownHasNoEnd() {
        fail(register("payments", "indefinite"));

        assertThat(healthOf("payments").getStatus()).isEqualTo(Status.DOWN);
        assertThat(healthOf("payments").getDetails()).doesNotContainKey("retryAfter");
    }

    @Test
    void hasTheOpenStatusWhileForcedOpen() {
        register("payments", "fixed(60s)").forceOpen();

        assertThat(healthOf("payments").getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void showsABreakerThatIsRegisteredLater() {
        assertThat(contributor.stream()).isEmpty();

        register("stock", "none");
        register("payments", "none");

        assertThat(contributor.stream())
                .extracting(HealthContributors.Entry::name)
                .containsExactly("payments", "stock");
        assertThat(contributor.getContributor("stock")).isNotNull();
    }

    @Test
    void knowsNoComponentForAnUnknownName() {
        assertThat(contributor.getContributor("nobody")).isNull();
        assertThat(registry.all()).isEmpty();
    }

    private Health healthOf(String name) {
        HealthIndicator indicator = contributor.getContributor(name);
        assertThat(indicator).isNotNull();
        return indicator.health();
    }

    private CircuitBreaker register(String name, String cooldown) {
        return registry.register(
                name,
                CircuitBreakerConfig.builder()
                        .tripper("failureStreak(1)")
                        .cooldown(cooldown)
                        .build());
    }

    private static void fail(CircuitBreaker breaker) {
        assertThatThrownBy(() -> breaker.run(() -> {
            throw new IllegalStateException("down");
        }));
    }
}
