/** Where built-in defaults, annotations and properties meet: the breakers of an application, by name. */
@NullMarked
package io.breaker.spring.registry;

import org.jspecify.annotations.NullMarked;
