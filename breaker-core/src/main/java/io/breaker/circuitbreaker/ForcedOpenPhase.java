package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.window.CallStats;
import org.jspecify.annotations.Nullable;

/** FORCED_OPEN: rejects every call, until a command or the end of the override says otherwise. */
final class ForcedOpenPhase extends Phase {

    private final CallStats stats;
    private final int failureStreak;
    private final CallNotPermittedException rejection;

    ForcedOpenPhase(StateMachine machine, CircuitBreakerConfig config, Stay stay, CallStats stats, int failureStreak) {
        super(machine, config, stay, /* readsClock= */ false);
        this.stats = stats;
        this.failureStreak = failureStreak;
        this.rejection =
                new CallNotPermittedException(machine.name, CircuitState.FORCED_OPEN, machine.ticker, stay.endsAt());
    }

    @Override
    CircuitState state() {
        return CircuitState.FORCED_OPEN;
    }

    @Override
    @Nullable
    Phase admit() {
        if (endsNow()) {
            return null;
        }
        throw reject(rejection);
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
    Phase reconfigured(CircuitBreakerConfig newConfig) {
        return new ForcedOpenPhase(machine, newConfig, stay, stats, failureStreak);
    }
}
