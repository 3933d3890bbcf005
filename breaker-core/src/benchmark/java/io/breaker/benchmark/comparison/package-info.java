/** Measures contenders side by side, and writes down what came out. */
@NullMarked
package io.breaker.benchmark.comparison;

import org.jspecify.annotations.NullMarked;
