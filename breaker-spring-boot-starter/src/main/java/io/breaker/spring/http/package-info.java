/** Circuit breakers and HTTP statuses: which of them are failures. */
@NullMarked
package io.breaker.spring.http;

import org.jspecify.annotations.NullMarked;
