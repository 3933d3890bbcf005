/** Measures one call: through the breaker, through its peers, and through the least that any of them must do. */
@NullMarked
package io.breaker.benchmark.calls;

import org.jspecify.annotations.NullMarked;
