package io.breaker.circuitbreaker;

/** Says whether a circuit breaker lets calls through, and why. */
public enum CircuitState {
    /** Calls pass and are recorded; the tripper may open the circuit. */
    CLOSED,
    /** Calls are rejected until the cooldown is over. */
    OPEN,
    /** Some calls pass as probes, as the permit says; they close the circuit or open it again. */
    HALF_OPEN,
    /** Calls pass and are recorded; the circuit never opens but tells when it would have. Entered by hand. */
    METRICS_ONLY,
    /** Calls pass; nothing but the totals is recorded. Entered by hand. */
    DISABLED,
    /** Calls are rejected until somebody says otherwise. Entered by hand. */
    FORCED_OPEN;

    /**
     * Tells whether a breaker can be put into this state by hand.
     *
     * @return false for OPEN and HALF_OPEN, which belong to the breaker itself
     */
    public boolean canBeCommanded() {
        return this != OPEN && this != HALF_OPEN;
    }
}
