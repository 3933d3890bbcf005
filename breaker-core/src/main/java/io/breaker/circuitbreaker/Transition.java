package io.breaker.circuitbreaker;

import java.time.Instant;

/**
 * Tells of one change of state. Immutable.
 *
 * @param from the state before
 * @param to the state after
 * @param at when, by the wall clock; for an override that ran out the moment it was due
 * @param reason why, in words: the rules that held and their figures, or what the command gave as its reason
 * @param by who: {@code breaker} for its own changes, else what the command said
 */
public record Transition(CircuitState from, CircuitState to, Instant at, String reason, String by) {}
