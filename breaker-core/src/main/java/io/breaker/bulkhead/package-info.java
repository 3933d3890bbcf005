/**
 * Limits how many calls are under way at one time.
 *
 * <p>Start at {@link io.breaker.bulkhead.Bulkhead}; who gets a slot and who waits for one is in {@code Slots}, how an
 * asynchronous call goes through its slot in {@code AsyncCall}.
 */
@NullMarked
package io.breaker.bulkhead;

import org.jspecify.annotations.NullMarked;
