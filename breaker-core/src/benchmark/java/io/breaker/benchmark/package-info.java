/**
 * Compares the breaker with its peers: {@code mvn -Pbenchmark verify}.
 *
 * <p>{@code comparison} measures rows of figures in fresh processes and judges them, {@code calls} holds the JMH
 * benchmarks of one call, {@code memory} weighs breakers at rest.
 */
@NullMarked
package io.breaker.benchmark;

import org.jspecify.annotations.NullMarked;
