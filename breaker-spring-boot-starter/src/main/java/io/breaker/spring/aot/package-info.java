/** What a build has to know of an application that is processed ahead of time. */
@NullMarked
package io.breaker.spring.aot;

import org.jspecify.annotations.NullMarked;
