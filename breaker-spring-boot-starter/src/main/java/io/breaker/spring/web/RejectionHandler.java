package io.breaker.spring.web;

import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers a request to a reactive server that failed because a circuit breaker or a bulkhead rejected a call, with 503,
 * {@code Retry-After} where the time is known, and a problem detail that says nothing about the inside of the
 * application. Safe for concurrent use.
 *
 * <p>An {@code @ExceptionHandler} of the application comes before every such handler, and an exception that has a status
 * of its own is left alone.
 */
public final class RejectionHandler implements WebExceptionHandler, Ordered {

    /** Where Spring Boot's own handler stands, which answers everything that reaches it. */
    private static final int SPRING_BOOT = -1;

    private final int order;

    private RejectionHandler(int order) {
        this.order = order;
    }

    /**
     * Makes a handler with the order of Spring Boot's own. Of two with one order the bean that was defined first is asked
     * first.
     *
     * @return the handler
     */
    public static RejectionHandler besideSpringBoot() {
        return new RejectionHandler(SPRING_BOOT);
    }

    /**
     * Makes a handler that comes after all others.
     *
     * @return the handler
     */
    public static RejectionHandler last() {
        return new RejectionHandler(LOWEST_PRECEDENCE);
    }

    @Override
    public int getOrder() {
        return order;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
        Optional<Unavailable> unavailable = Unavailable.in(thrown);
        if (unavailable.isEmpty() || hasStatus(thrown) || exchange.getResponse().isCommitted()) {
            return Mono.error(thrown);
        }
        return answer(exchange.getResponse(), unavailable.get());
    }

    private static boolean hasStatus(Throwable thrown) {
        return thrown instanceof ErrorResponse
                || AnnotatedElementUtils.hasAnnotation(thrown.getClass(), ResponseStatus.class);
    }

    private static Mono<Void> answer(ServerHttpResponse response, Unavailable unavailable) {
        response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
        HttpHeaders headers = response.getHeaders();
        unavailable.retryAfter().ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, seconds));
        byte[] body = unavailable.body();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
