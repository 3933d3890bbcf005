/** What the user is told when the application cannot start. */
@NullMarked
package io.breaker.spring.diagnostics;

import org.jspecify.annotations.NullMarked;
