/** Puts policies around a call, in one order whatever the order they are given in. */
@NullMarked
package io.breaker.pipeline;

import org.jspecify.annotations.NullMarked;
