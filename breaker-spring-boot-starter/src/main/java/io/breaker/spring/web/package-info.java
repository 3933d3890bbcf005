/** How a rejected call is answered to a web client. */
@NullMarked
package io.breaker.spring.web;

import org.jspecify.annotations.NullMarked;
