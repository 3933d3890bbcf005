package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.tripper.TripContext;
import io.breaker.circuitbreaker.window.WindowCounter.Change;

/** CLOSED: lets every call in, records it, and opens the circuit when the tripper holds. */
final class ClosedPhase extends RecordingPhase {

    ClosedPhase(StateMachine machine, CircuitBreakerConfig config, Stay stay) {
        super(machine, config, stay, needsClock(config), /* judgesAll= */ false);
    }

    @Override
    CircuitState state() {
        return CircuitState.CLOSED;
    }

    @Override
    Phase admit() {
        return this;
    }

    @Override
    void judge(Change change, long now) {
        if (!mayTrip(change)) {
            return;
        }
        TripContext figures = whereTripperHolds(now);
        if (figures != null) {
            machine.open(this, figures);
        }
    }

    @Override
    Phase reconfigured(CircuitBreakerConfig newConfig) {
        return new ClosedPhase(machine, newConfig, stay);
    }
}
