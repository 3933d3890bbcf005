package io.breaker.spring.http;

import java.util.List;
import java.util.stream.Stream;

/**
 * Says which statuses of a response are failures.
 *
 * @param ranges one or more
 */
record FailureStatuses(List<StatusRange> ranges) {

    /** A server that is at fault, or that is asked too often. */
    static final FailureStatuses DEFAULT = of("5xx", "429");

    /**
     * Reads statuses.
     *
     * @throws IllegalArgumentException if there is none, or one is no status
     */
    static FailureStatuses of(String... texts) {
        if (texts.length == 0) {
            throw new IllegalArgumentException("failures must have at least one status");
        }
        return new FailureStatuses(Stream.of(texts).map(StatusRange::parse).toList());
    }

    boolean include(int status) {
        return ranges.stream().anyMatch(range -> range.contains(status));
    }
}
