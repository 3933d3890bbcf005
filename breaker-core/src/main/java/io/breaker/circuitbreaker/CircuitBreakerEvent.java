package io.breaker.circuitbreaker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells what happened at a circuit breaker.
 *
 * <p>An event is made only when somebody listens for its type, and is told on the thread that caused it, after the
 * change it tells of. Events are immutable. Two threads may tell two events in another order than they came about.
 */
public sealed interface CircuitBreakerEvent {

    /**
     * Names the breaker.
     *
     * @return the breaker's name
     */
    String name();

    /**
     * Tells when it happened, by the wall clock.
     *
     * @return the moment
     */
    Instant at();

    /**
     * A call succeeded.
     *
     * @param name the breaker's name
     * @param at when the call ended
     * @param latency how long it took; empty where it was not measured
     */
    record Succeeded(String name, Instant at, Optional<Duration> latency) implements CircuitBreakerEvent {}

    /**
     * A call failed.
     *
     * @param name the breaker's name
     * @param at when the call ended
     * @param latency how long it took; empty where it was not measured
     * @param cause what it threw; empty where it returned a value that counts as a failure
     */
    record Failed(String name, Instant at, Optional<Duration> latency, Optional<Throwable> cause)
            implements CircuitBreakerEvent {}

    /**
     * A call ended as neither success nor failure.
     *
     * @param name the breaker's name
     * @param at when the call ended
     * @param cause what it threw; empty where it was cancelled or given back
     */
    record Ignored(String name, Instant at, Optional<Throwable> cause) implements CircuitBreakerEvent {}

    /**
     * A call was not let through.
     *
     * @param name the breaker's name
     * @param at when
     * @param state the state that rejected it
     */
    record Rejected(String name, Instant at, CircuitState state) implements CircuitBreakerEvent {}

    /**
     * The breaker went from one state to another.
     *
     * @param name the breaker's name
     * @param at when; for an override that ran out the moment it was due
     * @param from the state before
     * @param to the state after
     * @param reason why, in words
     * @param by who: {@code breaker} for its own changes, else what the command said
     */
    record StateChanged(String name, Instant at, CircuitState from, CircuitState to, String reason, String by)
            implements CircuitBreakerEvent {}

    /**
     * In METRICS_ONLY, the tripper began to hold: a closed circuit would have opened.
     *
     * @param name the breaker's name
     * @param at when
     * @param reason the rules that held and their figures
     */
    record WouldOpen(String name, Instant at, String reason) implements CircuitBreakerEvent {}

    /**
     * The breaker got other settings.
     *
     * @param name the breaker's name
     * @param at when
     * @param config the settings it has now
     */
    record Reconfigured(String name, Instant at, CircuitBreakerConfig config) implements CircuitBreakerEvent {}
}
