package io.breaker.circuitbreaker.permit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** What a {@link Permit} may look at when a call asks. Valid during the call of {@link Permit#admits} only. */
public interface PermitContext {

    /**
     * Tells how long the circuit has been half open.
     *
     * @return at least zero; zero for the call that began it
     */
    Duration elapsed();

    /**
     * Tells how many other probes are out: admitted and not yet returned, or asking at this moment.
     *
     * @return at least 0, without the call that asks
     */
    int inFlight();

    /**
     * Gives the source of all chance, so that tests can fix it.
     *
     * @return safe to use on the calling thread
     */
    RandomGenerator random();

    /**
     * Makes a context of fixed values.
     *
     * @param elapsed how long the circuit has been half open, at least zero
     * @param inFlight how many other probes are out, at least 0
     * @param random the source of chance
     * @return the context
     */
    static PermitContext of(Duration elapsed, int inFlight, RandomGenerator random) {
        return new FixedPermitContext(elapsed, inFlight, random);
    }
}
