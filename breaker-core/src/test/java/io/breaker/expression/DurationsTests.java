package io.breaker.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTests {

    @ParameterizedTest
    @CsvSource({
        "PT1M, 60s",
        "PT5M, 300s",
        "PT0S, 0s",
        "PT-3S, -3s",
        "PT0.25S, 250ms",
        "PT1.5S, 1500ms",
        "PT-1.5S, -1500ms",
        "PT0.0000005S, 0.0005ms",
        "PT0.000000001S, 0.000001ms",
        "PT2400H, 8640000s",
        "PT1000.001S, 1000001ms"
    })
    void writesSecondsOrElseMilliseconds(Duration duration, String text) {
        assertThat(Durations.format(duration)).isEqualTo(text);
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "3s, PT3S",
        "5m, PT5M",
        "1h, PT1H",
        "1.5s, PT1.5S",
        "0.5h, PT30M",
        "0.000001ms, PT0.000000001S",
        "007s, PT7S",
        "PT3S, PT3S",
        "pt1m30s, PT90S",
        "P1D, PT24H",
        "-PT3S, PT-3S"
    })
    void readsDecimalsWithAUnitAndIso(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "0", "-1", "1.5"})
    void refusesABareNumber(String text) {
        assertRefused(text, "a duration needs a unit, one of ms, s, m and h: '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "3 s", "3S", "3d", "3us", ".5s", "5.s", "1e3s", "+3s", "PT", "P3S", "1s500ms", "٣s"})
    void refusesWhatIsNoDuration(String text) {
        assertRefused(text, "not a duration such as 250ms, 3s, 5m, 1h or PT3S: '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000001ms", "0.0000000001s", "9223372036854775808s", "99999999999999999999h"})
    void refusesWhatADurationCannotHold(String text) {
        assertRefused(text, "a duration must be whole nanoseconds and at most 9223372036854775807s: '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT9223372036854775808S", "P99999999999999999999D"})
    void refusesWhatIsoCannotHold(String text) {
        assertRefused(text, "not a duration such as 250ms, 3s, 5m, 1h or PT3S: '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE})
    void readsBackTheLongest(long seconds) {
        Duration duration = Duration.ofSeconds(seconds, 999_999_999);

        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        assertThat(Durations.parse(Durations.format(ChronoUnit.FOREVER.getDuration())))
                .isEqualTo(ChronoUnit.FOREVER.getDuration());
    }

    @Property
    void readsBackWhatItWrote(@ForAll long seconds, @ForAll @IntRange(max = 999_999_999) int nanos) {
        Duration duration = Duration.ofSeconds(seconds, nanos);

        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }

    private static void assertRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage(message);
    }
}
