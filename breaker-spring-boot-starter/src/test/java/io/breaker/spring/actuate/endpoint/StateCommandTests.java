package io.breaker.spring.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.StateOverride;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

class StateCommandTests {

    @ParameterizedTest
    @CsvSource({
        "closed, CLOSED",
        "metrics-only, METRICS_ONLY",
        "disabled, DISABLED",
        "forced-open, FORCED_OPEN",
        "FORCED_OPEN, FORCED_OPEN",
        "Forced-Open, FORCED_OPEN"
    })
    void readsAStateInAnyOfItsSpellings(String text, CircuitState state) {
        assertThat(new StateCommand(text, null, null).givenBy("alice").state()).isEqualTo(state);
    }

    @Test
    void readsReasonAuthorAndEnd() {
        StateOverride command = new StateCommand("disabled", "drill", "10m").givenBy("alice");

        assertThat(command)
                .isEqualTo(new StateOverride(
                        CircuitState.DISABLED, "drill", "alice", Optional.of(Duration.ofMinutes(10))));
    }

    @Test
    void hasAReasonEvenWhereNoneIsGiven() {
        assertThat(new StateCommand("closed", null, null).givenBy("alice").reason())
                .isEqualTo("by hand");
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "half-open", "broken", "", "forcedopen"})
    void refusesAStateThatCannotBeCommanded(String state) {
        assertInvalid(
                new StateCommand(state, null, null),
                "state must be closed, metrics-only, disabled or forced-open: " + state);
    }

    @ParameterizedTest
    @CsvSource({
        "10, a duration needs a unit",
        "soon, not a duration",
        "'', not a duration",
        "0s, must be above zero",
        "-1s, must be above zero"
    })
    void refusesAnEndThatIsNoDurationAboveZero(String expiresIn, String fault) {
        assertInvalid(new StateCommand("forced-open", null, expiresIn), fault);
    }

    @Test
    void refusesAnEndOfClosed() {
        assertInvalid(new StateCommand("closed", null, "10m"), "expiresIn must not be given with CLOSED");
    }

    private static void assertInvalid(StateCommand command, String fault) {
        assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> command.givenBy("alice"))
                .withMessageContaining(fault);
    }
}
