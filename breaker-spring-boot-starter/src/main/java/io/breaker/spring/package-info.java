/**
 * Breaker for Spring Boot: guards methods annotated with {@link io.breaker.spring.annotation.CircuitBreaker}.
 *
 * <p>A package imports packages of lower floors only, and none of its own floor:
 *
 * <pre>
 * 3  autoconfigure
 * 2  interceptor  http  web  actuate.endpoint  health  metrics  logging  diagnostics
 * 1  registry
 * 0  annotation
 * </pre>
 */
@NullMarked
package io.breaker.spring;

import org.jspecify.annotations.NullMarked;
