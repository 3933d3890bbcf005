/** For tests of code that uses Breaker: a clock that moves only when told to. */
@NullMarked
package io.breaker.testing;

import org.jspecify.annotations.NullMarked;
