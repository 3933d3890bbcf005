/**
 * Compares the starter with its peers: {@code mvn -Pbenchmark verify}.
 *
 * <p>{@code calls} measures one call of an annotated bean, {@code start} measures how long an application takes to start.
 */
@NullMarked
package io.breaker.spring.benchmark;

import org.jspecify.annotations.NullMarked;
