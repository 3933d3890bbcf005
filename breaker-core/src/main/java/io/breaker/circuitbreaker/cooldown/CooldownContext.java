package io.breaker.circuitbreaker.cooldown;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a {@link Cooldown} may look at when a circuit opens. Valid during the call of {@link Cooldown#length} only. */
public interface CooldownContext {

    /**
     * Tells how often the circuit opened again from HALF_OPEN since it last was closed.
     *
     * @return 0 for the first opening
     */
    int reopens();

    /**
     * Gives what the last failed call threw.
     *
     * @return empty where no call threw, as when a returned value counted as the failure
     */
    Optional<Throwable> lastFailure();

    /**
     * Gives the source of all chance, so that tests can fix it.
     *
     * @return safe to use on the calling thread
     */
    RandomGenerator random();

    /**
     * Makes a context of fixed values.
     *
     * @param reopens how often the circuit opened again, at least 0
     * @param lastFailure what the last failed call threw; null for none
     * @param random the source of chance
     * @return the context
     */
    static CooldownContext of(int reopens, @Nullable Throwable lastFailure, RandomGenerator random) {
        return new FixedCooldownContext(reopens, Optional.ofNullable(lastFailure), random);
    }
}
