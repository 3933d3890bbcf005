/** Measures how long an application takes to start. */
@NullMarked
package io.breaker.spring.benchmark.start;

import org.jspecify.annotations.NullMarked;
