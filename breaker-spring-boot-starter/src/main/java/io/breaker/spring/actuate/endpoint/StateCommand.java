package io.breaker.spring.actuate.endpoint;

import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.StateOverride;
import io.breaker.expression.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * The body of a request for a state, as it came.
 *
 * @param state a state in any of its spellings: {@code forced-open}, {@code FORCED_OPEN}
 * @param reason why; null for no particular reason
 * @param expiresIn a duration with its unit; null for never
 */
record StateCommand(
        String state, @Nullable String reason, @Nullable String expiresIn) {

    static final String NO_PARTICULAR_REASON = "by hand";

    /**
     * Reads the command.
     *
     * @throws InvalidEndpointRequestException if the state or the duration is wrong, or both do not go together
     */
    StateOverride givenBy(String by) {
        CircuitState target = target();
        Optional<Duration> end = end();
        try {
            return new StateOverride(target, reason == null ? NO_PARTICULAR_REASON : reason, by, end);
        } catch (IllegalArgumentException wrong) {
            throw invalid(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private CircuitState target() {
        String wanted = state.strip().replace('-', '_').toUpperCase(Locale.ROOT);
        return Arrays.stream(CircuitState.values())
                .filter(known -> known.canBeCommanded() && known.name().equals(wanted))
                .findFirst()
                .orElseThrow(
                        () -> invalid("state must be closed, metrics-only, disabled or forced-open: " + state, null));
    }

    private Optional<Duration> end() {
        try {
            return Optional.ofNullable(expiresIn).map(Durations::parse);
        } catch (IllegalArgumentException wrong) {
            throw invalid("expiresIn: " + wrong.getMessage(), wrong);
        }
    }

    private static InvalidEndpointRequestException invalid(String message, @Nullable Throwable cause) {
        return new InvalidEndpointRequestException(message, message, cause);
    }
}
