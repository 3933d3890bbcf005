/** Circuit breakers around HTTP clients, and HTTP statuses: which of them are failures, and how long they ask to wait. */
@NullMarked
package io.breaker.spring.http;

import org.jspecify.annotations.NullMarked;
