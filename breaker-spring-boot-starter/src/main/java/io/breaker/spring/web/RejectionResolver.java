package io.breaker.spring.web;

import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.policy.CallRejectedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.handler.AbstractHandlerExceptionResolver;

/**
 * Answers a request that failed because a circuit breaker or a bulkhead rejected a call, with 503, {@code Retry-After} where the time
 * is known, and a problem detail that says nothing about the inside of the application. Safe for concurrent use.
 *
 * <p>It comes after all other resolvers: whatever the application itself makes of such an exception is left alone, be it
 * an {@code @ExceptionHandler}, a {@code @ResponseStatus} or a resolver. An {@code @ExceptionHandler} of ours would
 * come before the latter two.
 */
public final class RejectionResolver extends AbstractHandlerExceptionResolver {

    private static final String PROBLEM = """
            {"title":"Service Unavailable","status":503,"detail":"A service that is needed is not available at the \
            moment."}""";

    /** More links than any honest chain of causes has; a chain may lead back to itself. */
    private static final int MOST_CAUSES = 100;

    /** Makes a resolver that is asked last. */
    public RejectionResolver() {
        setOrder(Ordered.LOWEST_PRECEDENCE);
    }

    @Override
    protected @Nullable ModelAndView doResolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        Optional<CallRejectedException> rejection = rejectionIn(thrown);
        if (rejection.isEmpty() || response.isCommitted()) {
            return null;
        }
        try {
            answer(response, rejection.get());
            // Neither a view nor a model: the answer is complete.
            return new ModelAndView();
        } catch (IOException unreachable) {
            logger.debug("could not answer a rejected call", unreachable);
            return null;
        }
    }

    /** A rejection may come wrapped, for example in the CompletionException of an asynchronous call. */
    private static Optional<CallRejectedException> rejectionIn(Throwable thrown) {
        return Stream.iterate(thrown, link -> link != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(link -> link instanceof CallNotPermittedException || link instanceof BulkheadFullException)
                .map(CallRejectedException.class::cast)
                .findFirst();
    }

    private static void answer(HttpServletResponse response, CallRejectedException rejection) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        RetryAfter.seconds(rejection)
                .ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds.toString()));
        byte[] body = PROBLEM.getBytes(StandardCharsets.UTF_8);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
