/**
 * Gives up on calls that take too long.
 *
 * <p>Start at {@link io.breaker.timeout.Timeout}; how a timer interrupts a thread, and never too late, is in
 * {@code InterruptTimer} and {@code InterruptFlag}.
 */
@NullMarked
package io.breaker.timeout;

import org.jspecify.annotations.NullMarked;
