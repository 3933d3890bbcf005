package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.window.CallStats;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OPEN: rejects every call until the cooldown, drawn once when the circuit opened, is over. */
final class OpenPhase extends Phase {

    private final CallStats stats;
    private final int failureStreak;
    /** When the cooldown is over, by the ticker, or {@link CallNotPermittedException#NO_END}. */
    private final long retryAt;

    private final CallNotPermittedException rejection;

    OpenPhase(
            StateMachine machine,
            CircuitBreakerConfig config,
            Stay stay,
            CallStats stats,
            int failureStreak,
            long retryAt) {
        super(machine, config, stay, /* readsClock= */ false);
        this.stats = stats;
        this.failureStreak = failureStreak;
        this.retryAt = retryAt;
        this.rejection = new CallNotPermittedException(machine.name, CircuitState.OPEN, machine.ticker, retryAt);
    }

    @Override
    CircuitState state() {
        return CircuitState.OPEN;
    }

    @Override
    @Nullable
    Phase admit() {
        if (retryAt != CallNotPermittedException.NO_END && machine.ticker.nanos() - retryAt >= 0) {
            return machine.probe(this);
        }
        throw rejection();
    }

    /** Counts a rejection whatever is left of the cooldown, and gives what to throw. */
    CallNotPermittedException rejection() {
        return reject(rejection);
    }

    @Override
    CallStats stats(long now) {
        return stats;
    }

    @Override
    int streak() {
        return failureStreak;
    }

    @Override
    Optional<Duration> retryAfter() {
        return rejection.retryAfter();
    }

    @Override
    Phase reconfigured(CircuitBreakerConfig newConfig) {
        return new OpenPhase(machine, newConfig, stay, stats, failureStreak, retryAt);
    }
}
