package io.breaker.spring.health;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitSnapshot;
import io.breaker.circuitbreaker.CircuitState;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Shows each circuit breaker as a health component of its own. It always reads the registry, so a breaker that is
 * registered later shows too. Safe for concurrent use.
 *
 * <p>A breaker whose cooldown is over has a good status even before it has closed: an instance that is taken out of
 * traffic for its status would never get the call that closes it.
 */
public final class CircuitBreakersHealthContributor implements CompositeHealthContributor {

    private final CircuitBreakerRegistry registry;
    private final Status openStatus;

    /**
     * Makes the contributor.
     *
     * @param registry the breakers
     * @param openStatus the status of a breaker that keeps calls out
     */
    public CircuitBreakersHealthContributor(CircuitBreakerRegistry registry, Status openStatus) {
        this.registry = registry;
        this.openStatus = openStatus;
    }

    @Override
    public @Nullable HealthIndicator getContributor(String name) {
        return registry.find(name).map(this::indicatorOf).orElse(null);
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        return registry.all().stream()
                .map(breaker -> new HealthContributors.Entry(breaker.name(), indicatorOf(breaker)));
    }

    private HealthIndicator indicatorOf(CircuitBreaker breaker) {
        return () -> healthOf(breaker);
    }

    private Health healthOf(CircuitBreaker breaker) {
        CircuitSnapshot snapshot = breaker.snapshot();
        Health.Builder health = Health.status(keepsCallsOut(snapshot) ? openStatus : Status.UP)
                .withDetail("state", snapshot.state())
                .withDetail("since", snapshot.since());
        breaker.history().transitions().stream()
                .findFirst()
                .ifPresent(last -> health.withDetail("reason", last.reason()));
        snapshot.retryAfter().ifPresent(left -> health.withDetail("retryAfter", left));
        snapshot.stats().failureRate().ifPresent(rate -> health.withDetail("failureRate", rate));
        return health.build();
    }

    private static boolean keepsCallsOut(CircuitSnapshot snapshot) {
        boolean waitsForItsNextCall = snapshot.retryAfter().equals(Optional.of(Duration.ZERO));
        return snapshot.state() == CircuitState.FORCED_OPEN
                || (snapshot.state() == CircuitState.OPEN && !waitsForItsNextCall);
    }
}
