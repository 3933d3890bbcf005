package io.breaker.circuitbreaker;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Commands a state by hand: which one, why, by whom, and for how long. Immutable.
 *
 * @param state the state to enter: CLOSED, METRICS_ONLY, DISABLED or FORCED_OPEN
 * @param reason why, as it is to stand in the list of transitions
 * @param by who gave the command
 * @param expiresIn after what time the breaker returns to its initial state by itself; empty for never
 */
public record StateOverride(CircuitState state, String reason, String by, Optional<Duration> expiresIn) {

    /**
     * Makes a command.
     *
     * @param state the state to enter
     * @param reason why
     * @param by who gave the command
     * @param expiresIn for how long; empty for ever
     * @throws IllegalArgumentException if {@code state} is OPEN or HALF_OPEN, which are the breaker's own; if
     *     {@code expiresIn} is not above zero; or if it is given with CLOSED, from where there is nothing to return
     */
    public StateOverride {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(by, "by");
        if (!state.canBeCommanded()) {
            throw new IllegalArgumentException("state must be CLOSED, METRICS_ONLY, DISABLED or FORCED_OPEN: " + state);
        }
        if (expiresIn.isPresent()
                && (expiresIn.get().isZero() || expiresIn.get().isNegative())) {
            throw new IllegalArgumentException("expiresIn must be above zero: " + expiresIn.get());
        }
        if (expiresIn.isPresent() && state == CircuitState.CLOSED) {
            throw new IllegalArgumentException("expiresIn must not be given with CLOSED: " + expiresIn.get());
        }
    }

    /**
     * Commands a state without an end.
     *
     * @param state the state to enter
     * @return the command, with {@code by hand} as its reason and {@code application} as who gave it
     * @throws IllegalArgumentException if {@code state} is OPEN or HALF_OPEN
     */
    public static StateOverride to(CircuitState state) {
        return new StateOverride(state, "by hand", "application", Optional.empty());
    }

    /**
     * Says why.
     *
     * @param reason as it is to stand in the list of transitions
     * @return the command with that reason
     */
    public StateOverride because(String reason) {
        return new StateOverride(state, reason, by, expiresIn);
    }

    /**
     * Says who.
     *
     * @param by who gave the command
     * @return the command with that name
     */
    public StateOverride givenBy(String by) {
        return new StateOverride(state, reason, by, expiresIn);
    }

    /**
     * Says for how long.
     *
     * @param duration after what time the breaker returns to its initial state, above zero
     * @return the command with that end
     * @throws IllegalArgumentException if {@code duration} is not above zero, or the state is CLOSED
     */
    public StateOverride expiringIn(Duration duration) {
        return new StateOverride(state, reason, by, Optional.of(duration));
    }
}
