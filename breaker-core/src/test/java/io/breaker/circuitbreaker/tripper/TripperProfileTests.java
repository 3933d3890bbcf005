package io.breaker.circuitbreaker.tripper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.expression.Vocabulary;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TripperProfileTests {

    private static final Vocabulary<Tripper> WITH_BEANS = Tripper.vocabulary()
            .with("bean", context -> true)
            .with("rule", Tripper.parse("minRequests(7) & slowRate(0.1, 7s)"))
            .with("place", Tripper.closed());

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "failureRate(0.5); ",
                "slowRate(0.3, 3s); PT3S",
                "!slowRate(0.3, 3s) & closed; PT3S",
                "slowRate(0.3, 3s) | (closed & !(slowRate(0.9, 1s) | slowRate(0.5, 3s))); PT1S PT3S",
                "rule & slowRate(0.3, 3s); PT3S PT7S"
            })
    void collectsSlowThresholdsShortestFirst(String text, String thresholds) {
        assertThat(profile(text).slowThresholds().stream().map(Duration::toString))
                .containsExactly(thresholds == null ? new String[0] : thresholds.split(" "));
    }

    @Test
    void doesNotChange() {
        assertThatThrownBy(() -> profile("slowRate(0.3, 3s)").slowThresholds().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "avgLatency(2s); true",
                "closed | !(closed & avgLatency(2s)); true",
                "slowRate(0.3, 3s) & failureRate(0.5); false",
                "bean; false"
            })
    void findsMeanLatencies(String text, boolean reads) {
        assertThat(profile(text).readsMeanLatency()).isEqualTo(reads);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "closed & minRequests(20) & failureRate(0.5); true; true",
                "failureStreak(5) | failureCount(10) | slowRate(0.3, 3s) | halfOpened; true; true",
                "rule & closed; true; true",
                "!failureRate(0.5); true; false",
                "closed & (failureRate(0.5) | !closed); true; false",
                "avgLatency(2s); true; false",
                "bean; false; false",
                "closed & !(closed | bean); false; false"
            })
    void tellsPureFromMonotone(String text, boolean pure, boolean monotone) {
        assertThat(profile(text).pure()).isEqualTo(pure);
        assertThat(profile(text).monotone()).isEqualTo(monotone);
    }

    @Test
    void cannotLookIntoCode() {
        TripperProfile profile = TripperProfile.of(context -> true);

        assertThat(profile.pure()).isFalse();
        assertThat(profile.slowThresholds()).isEmpty();
        assertThat(profile.maxMinRequests()).isZero();
        assertThat(profile.canHold(false)).isTrue();
        assertThat(profile.canHold(true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "failureRate(0.5); 0",
                "minRequests(20); 20",
                "(minRequests(5) & closed) | !(minRequests(30) & halfOpened) | minRequests(10); 30",
                "rule; 7"
            })
    void findsTheLargestMinRequests(String text, int max) {
        assertThat(profile(text).maxMinRequests()).isEqualTo(max);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "failureRate(0.5); true; true",
                "minRequests(1000); true; true",
                "bean; true; true",
                "!bean; true; true",
                "closed; true; false",
                "halfOpened; false; true",
                "!closed; false; true",
                "!halfOpened; true; false",
                "closed & failureRate(0.5); true; false",
                "place & failureRate(0.5); true; false",
                "closed | failureRate(0.5); true; true",
                "!(closed & failureRate(0.5)); true; true",
                "!(closed | failureRate(0.5)); false; true",
                "closed & halfOpened; false; false",
                "!(closed | halfOpened); false; false",
                "(closed & bean) | (halfOpened & bean); true; true",
                "(closed | halfOpened) & (closed | bean); true; true"
            })
    void knowsWhereItCanHold(String text, boolean closed, boolean halfOpen) {
        TripperProfile profile = profile(text);

        assertThat(profile.canHold(false)).isEqualTo(closed).isEqualTo(profile.canHoldClosed());
        assertThat(profile.canHold(true)).isEqualTo(halfOpen).isEqualTo(profile.canHoldHalfOpen());
    }

    private static TripperProfile profile(String text) {
        return TripperProfile.of(Tripper.parse(text, WITH_BEANS));
    }
}
