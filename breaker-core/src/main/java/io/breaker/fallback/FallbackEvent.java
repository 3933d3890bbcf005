package io.breaker.fallback;

import java.time.Instant;

/**
 * Tells what happened at a fallback. A call that succeeds, and a failure that the fallback is not for, are no events.
 *
 * <p>An event is made only when somebody listens for its type, and is told on the thread that caused it. Events are
 * immutable.
 */
public sealed interface FallbackEvent {

    /**
     * Names the fallback.
     *
     * @return the fallback's name
     */
    String name();

    /**
     * Tells when it happened, by the wall clock.
     *
     * @return the moment
     */
    Instant at();

    /**
     * The fallback answered instead of a failed call.
     *
     * @param name the fallback's name
     * @param at when
     * @param cause how the call failed
     */
    record Answered(String name, Instant at, Throwable cause) implements FallbackEvent {}

    /**
     * The fallback failed itself.
     *
     * @param name the fallback's name
     * @param at when
     * @param cause how the call failed
     * @param failure what the fallback threw
     */
    record Failed(String name, Instant at, Throwable cause, Throwable failure) implements FallbackEvent {}
}
