/** Weighs breakers at rest. */
@NullMarked
package io.breaker.benchmark.memory;

import org.jspecify.annotations.NullMarked;
