/** Which calls may probe while a circuit is half open. */
@NullMarked
package io.breaker.circuitbreaker.permit;

import org.jspecify.annotations.NullMarked;
