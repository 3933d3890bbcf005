/** Measures one call of a bean, in an application with Actuator and Micrometer. */
@NullMarked
package io.breaker.spring.benchmark.calls;

import org.jspecify.annotations.NullMarked;
