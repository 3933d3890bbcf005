package io.breaker.spring.web;

import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.policy.CallRejectedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a web client is told of a rejected call: nothing about the inside of the application.
 *
 * @param retryAfter the value of the header {@code Retry-After}; empty where the header is to be left out
 */
record Unavailable(Optional<String> retryAfter) {

    private static final String PROBLEM = """
            {"title":"Service Unavailable","status":503,"detail":"A service that is needed is not available at the \
            moment."}""";

    /** More links than any honest chain of causes has; a chain may lead back to itself. */
    private static final int MOST_CAUSES = 100;

    /** Looks for a rejection; it may come wrapped, for example in the CompletionException of an asynchronous call. */
    static Optional<Unavailable> in(Throwable thrown) {
        return Stream.iterate(thrown, link -> link != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(link -> link instanceof CallNotPermittedException || link instanceof BulkheadFullException)
                .map(CallRejectedException.class::cast)
                .findFirst()
                .map(rejection -> new Unavailable(RetryAfter.seconds(rejection).map(String::valueOf)));
    }

    /** Gives the problem detail, as JSON in UTF-8. */
    byte[] body() {
        return PROBLEM.getBytes(StandardCharsets.UTF_8);
    }
}
