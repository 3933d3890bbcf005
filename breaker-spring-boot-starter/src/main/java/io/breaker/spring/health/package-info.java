/** How open circuits show in the health of the application. */
@NullMarked
package io.breaker.spring.health;

import org.jspecify.annotations.NullMarked;
