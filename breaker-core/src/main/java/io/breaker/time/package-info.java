/** Time as Breaker sees it: a clock that never steps back, tasks that run later, delays that grow. */
@NullMarked
package io.breaker.time;

import org.jspecify.annotations.NullMarked;
