/**
 * The four services that the shop calls: real HTTP endpoints of the same server, which fail, become slow and heal when
 * they are told to. The shop knows nothing of this package but its URLs.
 */
@NullMarked
package io.breaker.sample.downstream;

import org.jspecify.annotations.NullMarked;
