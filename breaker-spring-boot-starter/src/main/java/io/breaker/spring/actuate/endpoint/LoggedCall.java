package io.breaker.spring.actuate.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call that has ended, without the exception itself: that may hold on to half of the application. Immutable.
 *
 * @param outcome what it counted as
 * @param at when it ended, by the wall clock
 * @param latency how long it took; null where that was not measured
 * @param type the class name of what it threw; null where it threw nothing
 * @param message the message of what it threw; null where it has none, and where messages are not shown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoggedCall(
        Outcome outcome,
        Instant at,
        @Nullable Duration latency,
        @JsonProperty("class") @Nullable String type,
        @Nullable String message) {

    /** What a call counted as. */
    public enum Outcome {
        /** It succeeded. */
        SUCCEEDED,
        /** It failed. */
        FAILED,
        /** It counted as neither. */
        IGNORED,
        /** It was not let through. */
        REJECTED
    }

    static LoggedCall of(Outcome outcome, Instant at, Optional<Duration> latency, Optional<Throwable> cause) {
        return new LoggedCall(
                outcome,
                at,
                latency.orElse(null),
                cause.map(thrown -> thrown.getClass().getName()).orElse(null),
                cause.map(Throwable::getMessage).orElse(null));
    }

    /** Gives the call as it may be shown. */
    LoggedCall shown(boolean withMessage) {
        return withMessage ? this : new LoggedCall(outcome, at, latency, type, null);
    }
}
