package io.breaker.circuitbreaker;

import java.time.Duration;
import java.time.Instant;

/**
 * What belongs to a stay in a state whatever its settings are: a breaker that is reconfigured keeps it. Immutable.
 *
 * @param since when it began, by the wall clock
 * @param sinceNanos when it began, by the ticker
 * @param reopens how often in a row the circuit went from HALF_OPEN to OPEN
 * @param endsAt when an override ends, by the ticker, or {@link CallNotPermittedException#NO_END}
 * @param history all transitions up to and with the one that began this stay
 */
record Stay(Instant since, long sinceNanos, int reopens, long endsAt, CircuitHistory history) {

    /** Tells whether an override has run out. */
    boolean isOver(long now) {
        return hasEnd() && now - endsAt >= 0;
    }

    boolean hasEnd() {
        return endsAt != CallNotPermittedException.NO_END;
    }

    Duration lengthUntil(long now) {
        return Duration.ofNanos(Math.max(now - sinceNanos, 0));
    }
}
