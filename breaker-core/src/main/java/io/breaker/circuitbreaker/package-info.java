/**
 * The circuit breaker: its states, its calls, its events, and the registry of breakers.
 *
 * <p>Start at {@link io.breaker.circuitbreaker.CircuitBreaker}; what happens in a state is in the {@code Phase} of that
 * state, and who goes where is in {@code StateMachine}.
 */
@NullMarked
package io.breaker.circuitbreaker;

import org.jspecify.annotations.NullMarked;
