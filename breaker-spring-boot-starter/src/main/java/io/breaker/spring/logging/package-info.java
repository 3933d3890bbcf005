/** What circuit breakers write to the log. */
@NullMarked
package io.breaker.spring.logging;

import org.jspecify.annotations.NullMarked;
