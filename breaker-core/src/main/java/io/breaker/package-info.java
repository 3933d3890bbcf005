/**
 * A circuit breaker whose rules compose. Start at {@link io.breaker.circuitbreaker.CircuitBreaker}.
 *
 * <p>Packages stand on floors, and a package imports packages of lower floors only (a test holds it):
 *
 * <pre>{@code
 * 3  circuitbreaker                                        the policy: states, calls, events, registry
 * 2  circuitbreaker.tripper                                when to open
 * 1  circuitbreaker.{window, tracker, cooldown, permit}    how much counts, what counts, how long, who probes
 * 0  time   expression   policy   event                    what all of them stand on
 * }</pre>
 *
 * <p>{@code testing} holds a clock for tests and is imported by no other package.
 */
@NullMarked
package io.breaker;

import org.jspecify.annotations.NullMarked;
