/** How circuit breakers follow properties that change while the application runs. */
@NullMarked
package io.breaker.spring.refresh;

import org.jspecify.annotations.NullMarked;
