/**
 * A circuit breaker whose rules compose, and the policies around it. Start at
 * {@link io.breaker.circuitbreaker.CircuitBreaker}; {@link io.breaker.pipeline.Pipeline} puts several policies together.
 *
 * <p>Packages stand on floors, and a package imports packages of lower floors only (a test holds it):
 *
 * <pre>{@code
 * 5  reactor                                               all of it for Mono and Flux; needs Reactor
 * 4  pipeline                                              policies around a call, in one order
 * 3  circuitbreaker                                        the policy: states, calls, events, registry
 *    retry   timeout   bulkhead   fallback                 its siblings, each usable alone
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
