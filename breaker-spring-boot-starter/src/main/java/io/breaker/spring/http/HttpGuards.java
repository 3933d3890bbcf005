package io.breaker.spring.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Finds what guards the calls of an HTTP client. Implementations are safe for concurrent use. */
@FunctionalInterface
interface HttpGuards {

    /** Gives what guards a call; null for nothing. */
    @Nullable
    HttpGuard of(URI target);
}
