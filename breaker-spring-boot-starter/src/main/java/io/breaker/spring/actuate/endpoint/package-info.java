/** The actuator endpoint that shows circuit breakers and puts them into states by hand. */
@NullMarked
package io.breaker.spring.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
