package io.breaker.circuitbreaker.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breaker.expression.ExpressionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTests {

    @ParameterizedTest
    @CsvSource({
        "count(100), count(100)",
        "count(size=1), count(1)",
        "count(1000000), count(1000000)",
        "time(60s), time(60s)",
        "time(10ms), time(10ms)",
        "time(duration=1m), time(60s)",
        "time(PT1.5S), time(1500ms)",
        "' time ( 1h ) ', time(3600s)"
    })
    void readsItsTextBackToAnEqualWindow(String text, String printed) {
        Window window = Window.parse(text);

        assertThat(window).hasToString(printed).isEqualTo(Window.parse(printed));
    }

    @Test
    void countsAHundredCallsByDefault() {
        assertThat(Window.DEFAULT).isEqualTo(Window.count(100));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void refusesASizeOutOfRange(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.count(size))
                .withMessage("count must be in [1, 1000000]: " + size);
    }

    @Test
    void takesADurationThatNanosecondsCannotSay() {
        WindowCounter counter = Window.time(Duration.ofSeconds(Long.MAX_VALUE)).newCounter(WindowRules.NONE, 0);

        counter.record(true, 0, Long.MAX_VALUE);

        assertThat(counter.failures()).isEqualTo(1);
    }

    @Test
    void refusesADurationOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.time(Duration.ofMillis(9)))
                .withMessage("time must be at least 10ms: 9ms");
    }

    @ParameterizedTest
    @CsvSource({
        "count(0), 6",
        "'count(100, 7)', 11",
        "count(), 6",
        "count, 5",
        "time(60), 5",
        "time(5ms), 5",
        "times(60s), 0",
        "count(100) & time(60s), 11",
        "'', 0"
    })
    void refusesAnythingElseWithItsPlace(String text, int position) {
        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> Window.parse(text))
                .satisfies(fault -> assertThat(fault.position()).isEqualTo(position));
    }
}
