/** When a circuit opens. */
@NullMarked
package io.breaker.circuitbreaker.tripper;

import org.jspecify.annotations.NullMarked;
