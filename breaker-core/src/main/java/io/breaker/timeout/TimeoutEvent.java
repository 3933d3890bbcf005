package io.breaker.timeout;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells what happened at a timeout.
 *
 * <p>An event is made only when somebody listens, and is told on the thread that caused it. Events are immutable.
 */
public sealed interface TimeoutEvent {

    /**
     * Names the timeout.
     *
     * @return the timeout's name
     */
    String name();

    /**
     * Tells when it happened, by the wall clock.
     *
     * @return the moment
     */
    Instant at();

    /**
     * A call took too long. A synchronous call has returned by now; an asynchronous one may go on.
     *
     * @param name the timeout's name
     * @param at when
     * @param limit what the call exceeded
     * @param elapsed how long the call had taken by then
     */
    record TimedOut(String name, Instant at, Duration limit, Duration elapsed) implements TimeoutEvent {}
}
