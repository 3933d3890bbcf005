/** What a policy is to a call: something that stands around it. */
@NullMarked
package io.breaker.policy;

import org.jspecify.annotations.NullMarked;
