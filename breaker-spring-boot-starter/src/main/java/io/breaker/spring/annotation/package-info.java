/** What users write on the methods that are to be guarded. */
@NullMarked
package io.breaker.spring.annotation;

import org.jspecify.annotations.NullMarked;
