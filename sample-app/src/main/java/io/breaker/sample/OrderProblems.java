package io.breaker.sample;

import io.breaker.timeout.CallTimeoutException;
import java.util.stream.Stream;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.RestClientException;

/**
 * Answers orders that cannot be taken, without a word about the inside of the shop. It comes before Spring Boot's own
 * advice, which would not say what is wrong with an order.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(assignableTypes = OrderController.class)
class OrderProblems {

    /** A service that is needed failed, and its breaker still lets calls through. */
    @ExceptionHandler
    ProblemDetail serviceFailed(RestClientException failure) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_GATEWAY, "A service that is needed failed. Nothing was ordered; please try again.");
    }

    /** A service that is needed did not answer in time. Nobody knows what became of the call. */
    @ExceptionHandler
    ProblemDetail serviceTooSlow(CallTimeoutException failure) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.GATEWAY_TIMEOUT, "A service that is needed took too long. The order is cancelled.");
    }

    /** An order checks itself as it is made, so its faults come out of the reader of JSON. */
    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException failure) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, faultIn(failure));
    }

    private static String faultIn(Throwable failure) {
        return Stream.iterate(failure, link -> link != null, Throwable::getCause)
                .filter(InvalidOrderException.class::isInstance)
                .map(link -> ((InvalidOrderException) link).fault())
                .findFirst()
                .orElse("The body must be an order in JSON, and each item needs a quantity.");
    }
}
