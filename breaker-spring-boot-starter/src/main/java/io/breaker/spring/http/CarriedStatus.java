package io.breaker.spring.http;

import java.util.OptionalInt;
import org.springframework.util.ClassUtils;
import org.springframework.web.ErrorResponse;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** Reads the HTTP status off an exception. */
final class CarriedStatus {

    private static final boolean WEB_CLIENT_PRESENT = ClassUtils.isPresent(
            "org.springframework.web.reactive.function.client.WebClientResponseException",
            CarriedStatus.class.getClassLoader());

    private CarriedStatus() {}

    static OptionalInt of(Throwable thrown) {
        if (thrown instanceof RestClientResponseException response) {
            return OptionalInt.of(response.getStatusCode().value());
        }
        if (thrown instanceof FailedStatusException failed) {
            return OptionalInt.of(failed.status());
        }
        if (thrown instanceof ErrorResponse response) {
            return OptionalInt.of(response.getStatusCode().value());
        }
        return WEB_CLIENT_PRESENT ? OfWebClient.of(thrown) : OptionalInt.empty();
    }

    /** Loaded only where its exception is on the class path. */
    private static final class OfWebClient {

        static OptionalInt of(Throwable thrown) {
            return thrown instanceof WebClientResponseException response
                    ? OptionalInt.of(response.getStatusCode().value())
                    : OptionalInt.empty();
        }
    }
}
