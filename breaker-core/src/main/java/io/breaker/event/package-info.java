/** How policies tell what happened. */
@NullMarked
package io.breaker.event;

import org.jspecify.annotations.NullMarked;
