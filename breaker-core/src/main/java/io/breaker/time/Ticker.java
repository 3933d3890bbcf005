package io.breaker.time;

import java.time.Instant;

/**
 * Tells the time twice: monotonically for every decision, by the wall clock for what is shown.
 *
 * <p>Implementations are safe for concurrent use.
 */
public interface Ticker {

    /**
     * Tells the nanoseconds since some fixed but arbitrary origin, as {@link System#nanoTime()} does. It never goes
     * back. Two values are compared by the sign of their difference, because the count may overflow.
     *
     * @return the monotonic time
     */
    long nanos();

    /**
     * Tells the moment by the wall clock. It may step in either direction, so no decision may rest on it.
     *
     * @return the moment to show
     */
    Instant instant();

    /**
     * Gives the clocks of the machine.
     *
     * @return {@link System#nanoTime()} and {@link Instant#now()}
     */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
