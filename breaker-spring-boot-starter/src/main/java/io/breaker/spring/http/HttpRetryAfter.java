package io.breaker.spring.http;

import io.breaker.policy.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** Reads how long a server asks to be left alone, off responses and off the exceptions that Spring makes of them. */
public final class HttpRetryAfter {

    private static final boolean WEB_CLIENT_PRESENT = ClassUtils.isPresent(
            "org.springframework.web.reactive.function.client.WebClientResponseException",
            HttpRetryAfter.class.getClassLoader());

    /** As many digits as a {@link Duration} can hold in any case; more than that is no honest number. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

    /** More links than any honest chain of causes has; a chain may lead back to itself. */
    private static final int MOST_CAUSES = 64;

    private HttpRetryAfter() {}

    /**
     * Tells what a failure asks for: the first delay in its cause chain, be it that of a {@link RetryAfter} or that of an
     * exception of Spring's HTTP clients.
     *
     * @param failure what a call threw
     * @return the delay, above zero; empty where nothing in the chain asks for one
     */
    public static Optional<Duration> askedBy(Throwable failure) {
        Throwable link = failure;
        for (int depth = 0; link != null && depth < MOST_CAUSES; depth++) {
            Optional<Duration> asked = askedByItself(link).filter(HttpRetryAfter::isPositive);
            if (asked.isPresent()) {
                return asked;
            }
            link = link.getCause();
        }
        return Optional.empty();
    }

    /**
     * Reads the header {@code Retry-After}: seconds, or a date. A date counts from the response's own {@code Date} on, so
     * that a clock that is wrong here or there does not matter.
     *
     * @return empty where there is none that can be read, or the date is over
     */
    static Optional<Duration> in(HttpHeaders headers) {
        String text = headers.getFirst(HttpHeaders.RETRY_AFTER);
        if (text == null) {
            return Optional.empty();
        }
        Optional<Duration> asked = SECONDS.matcher(text.strip()).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())))
                : date(headers, HttpHeaders.RETRY_AFTER)
                        .map(until ->
                                Duration.between(date(headers, HttpHeaders.DATE).orElseGet(Instant::now), until));
        return asked.filter(HttpRetryAfter::isPositive);
    }

    private static Optional<Instant> date(HttpHeaders headers, String name) {
        try {
            return Optional.ofNullable(headers.getFirstZonedDateTime(name)).map(ZonedDateTime::toInstant);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> askedByItself(Throwable thrown) {
        if (thrown instanceof RetryAfter asking) {
            return asking.retryAfter();
        }
        HttpHeaders headers = headersOf(thrown);
        return headers != null ? in(headers) : Optional.empty();
    }

    private static @Nullable HttpHeaders headersOf(Throwable thrown) {
        if (thrown instanceof RestClientResponseException response) {
            return response.getResponseHeaders();
        }
        return WEB_CLIENT_PRESENT ? OfWebClient.headers(thrown) : null;
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    /** Loaded only where its exception is on the class path. */
    private static final class OfWebClient {

        static @Nullable HttpHeaders headers(Throwable thrown) {
            return thrown instanceof WebClientResponseException response ? response.getHeaders() : null;
        }
    }
}
