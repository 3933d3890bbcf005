/** What Spring Boot sets up when Breaker is on the class path. */
@NullMarked
package io.breaker.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
