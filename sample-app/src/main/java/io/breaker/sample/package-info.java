/**
 * A small shop that takes orders with the help of four services. Start at {@link io.breaker.sample.OrderService}: it
 * calls one client for each service, and each client stands behind its own circuit breaker.
 */
@NullMarked
package io.breaker.sample;

import org.jspecify.annotations.NullMarked;
