/** Answers instead of a failed call. */
@NullMarked
package io.breaker.fallback;

import org.jspecify.annotations.NullMarked;
