/** Makes a failed call again. */
@NullMarked
package io.breaker.retry;

import org.jspecify.annotations.NullMarked;
