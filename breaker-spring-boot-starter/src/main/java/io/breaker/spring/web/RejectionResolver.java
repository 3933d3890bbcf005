package io.breaker.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.handler.AbstractHandlerExceptionResolver;

/**
 * Answers a request that failed because a circuit breaker or a bulkhead rejected a call, with 503, {@code Retry-After}
 * where the time is known, and a problem detail that says nothing about the inside of the application. Safe for
 * concurrent use.
 *
 * <p>It comes after all other resolvers: whatever the application itself makes of such an exception is left alone, be it
 * an {@code @ExceptionHandler}, a {@code @ResponseStatus} or a resolver. An {@code @ExceptionHandler} of ours would
 * come before the latter two.
 */
public final class RejectionResolver extends AbstractHandlerExceptionResolver {

    /** Makes a resolver that is asked last. */
    public RejectionResolver() {
        setOrder(Ordered.LOWEST_PRECEDENCE);
    }

    @Override
    protected @Nullable ModelAndView doResolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        Optional<Unavailable> unavailable = Unavailable.in(thrown);
        if (unavailable.isEmpty() || response.isCommitted()) {
            return null;
        }
        try {
            answer(response, unavailable.get());
            // Neither a view nor a model: the answer is complete.
            return new ModelAndView();
        } catch (IOException unreachable) {
            logger.debug("could not answer a rejected call", unreachable);
            return null;
        }
    }

    private static void answer(HttpServletResponse response, Unavailable unavailable) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        unavailable.retryAfter().ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds));
        byte[] body = unavailable.body();
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
