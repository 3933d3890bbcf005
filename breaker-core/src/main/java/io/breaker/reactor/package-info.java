/** The policies for {@code Mono} and {@code Flux}. The one package that needs Reactor on the class path. */
@NullMarked
package io.breaker.reactor;

import org.jspecify.annotations.NullMarked;
