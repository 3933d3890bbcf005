/** How much of the past counts, and the counters that hold it. */
@NullMarked
package io.breaker.circuitbreaker.window;

import org.jspecify.annotations.NullMarked;
