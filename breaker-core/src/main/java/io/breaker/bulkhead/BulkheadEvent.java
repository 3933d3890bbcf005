package io.breaker.bulkhead;

import java.time.Instant;

/**
 * Tells what happened at a bulkhead.
 *
 * <p>An event is made only when somebody listens for its type, and is told on the thread that caused it, after what it
 * tells of. Events are immutable.
 */
public sealed interface BulkheadEvent {

    /**
     * Names the bulkhead.
     *
     * @return the bulkhead's name
     */
    String name();

    /**
     * Tells when it happened, by the wall clock.
     *
     * @return the moment
     */
    Instant at();

    /**
     * A call got no slot.
     *
     * @param name the bulkhead's name
     * @param at when
     * @param reason why
     */
    record Rejected(String name, Instant at, BulkheadFullException.Reason reason) implements BulkheadEvent {}

    /**
     * The bulkhead got other settings.
     *
     * @param name the bulkhead's name
     * @param at when
     * @param config the settings it has now
     */
    record Reconfigured(String name, Instant at, BulkheadConfig config) implements BulkheadEvent {}
}
