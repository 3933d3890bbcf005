package io.breaker.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TickerTests {

    @Test
    void readsTheClocksOfTheMachine() {
        Ticker ticker = Ticker.system();
        long nanosBefore = System.nanoTime();
        Instant before = Instant.now();

        long nanos = ticker.nanos();
        Instant instant = ticker.instant();

        assertThat(nanos - nanosBefore).isNotNegative();
        assertThat(System.nanoTime() - nanos).isNotNegative();
        assertThat(instant).isBetween(before, Instant.now());
        assertThat(ticker).hasToString("Ticker.system()");
    }
}
