/** What circuit breakers do, as events of the application. */
@NullMarked
package io.breaker.spring.event;

import org.jspecify.annotations.NullMarked;
