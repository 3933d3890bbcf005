/** How long a circuit stays open. */
@NullMarked
package io.breaker.circuitbreaker.cooldown;

import org.jspecify.annotations.NullMarked;
