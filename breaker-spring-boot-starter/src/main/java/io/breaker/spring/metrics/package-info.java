/** Circuit breakers as Micrometer meters. */
@NullMarked
package io.breaker.spring.metrics;

import org.jspecify.annotations.NullMarked;
