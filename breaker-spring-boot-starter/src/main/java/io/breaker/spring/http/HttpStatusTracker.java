package io.breaker.spring.http;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.expression.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Tracks exceptions by the HTTP status they carry: those of Spring's HTTP clients, {@link FailedStatusException}, and
 * every {@link org.springframework.web.ErrorResponse}. What carries no status is not tracked. Immutable.
 */
public final class HttpStatusTracker implements Tracker {

    private static final String NAME = "httpStatus";

    private final List<StatusRange> statuses;

    private HttpStatusTracker(List<StatusRange> statuses) {
        this.statuses = List.copyOf(statuses);
    }

    /**
     * Tracks some statuses.
     *
     * @param statuses one or more, such as {@code 429} or {@code 5xx}; 100 to 599 or 1xx to 5xx
     * @return the tracker
     * @throws IllegalArgumentException if there is none, or one is no status
     */
    public static HttpStatusTracker of(String... statuses) {
        if (statuses.length == 0) {
            throw new IllegalArgumentException("httpStatus must have at least one status");
        }
        return new HttpStatusTracker(
                Arrays.stream(statuses).map(StatusRange::parse).toList());
    }

    /**
     * Tracks everything but a client's mistakes, which say nothing about the health of the service. 408 (it was too
     * slow) and 429 (it was asked too often) do.
     *
     * @return {@code !httpStatus(4xx) | httpStatus(408, 429)}
     */
    public static Tracker allButClientErrors() {
        return of("4xx").negate().or(of("408", "429"));
    }

    /**
     * Gives the term for expressions.
     *
     * @return {@code httpStatus}
     */
    public static Vocabulary<Tracker> vocabulary() {
        return Vocabulary.<Tracker>empty()
                .withList(NAME, arguments -> new HttpStatusTracker(arguments.each(StatusRange::parse)));
    }

    @Override
    public boolean tracks(Throwable thrown) {
        OptionalInt status = CarriedStatus.of(thrown);
        return status.isPresent() && statuses.stream().anyMatch(range -> range.contains(status.getAsInt()));
    }

    @Override
    public String text() {
        return statuses.stream().map(StatusRange::toString).collect(Collectors.joining(", ", NAME + "(", ")"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HttpStatusTracker tracker && statuses.equals(tracker.statuses);
    }

    @Override
    public int hashCode() {
        return statuses.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
