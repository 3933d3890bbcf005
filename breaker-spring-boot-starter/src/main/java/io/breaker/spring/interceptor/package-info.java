/** How annotated methods come to run inside their breakers. */
@NullMarked
package io.breaker.spring.interceptor;

import org.jspecify.annotations.NullMarked;
