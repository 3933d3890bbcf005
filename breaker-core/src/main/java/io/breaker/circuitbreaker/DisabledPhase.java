package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.window.CallStats;
import org.jspecify.annotations.Nullable;

/** DISABLED: lets every call in and records nothing but the totals. */
final class DisabledPhase extends Phase {

    DisabledPhase(StateMachine machine, CircuitBreakerConfig config, Stay stay) {
        super(machine, config, stay, config.measureLatency());
    }

    @Override
    CircuitState state() {
        return CircuitState.DISABLED;
    }

    @Override
    @Nullable
    Phase admit() {
        return endsNow() ? null : this;
    }

    @Override
    CallStats stats(long now) {
        return CallStats.EMPTY;
    }

    @Override
    int streak() {
        return 0;
    }

    @Override
    Phase reconfigured(CircuitBreakerConfig newConfig) {
        return new DisabledPhase(machine, newConfig, stay);
    }
}
