/** Which exceptions are failures. */
@NullMarked
package io.breaker.circuitbreaker.tracker;

import org.jspecify.annotations.NullMarked;
