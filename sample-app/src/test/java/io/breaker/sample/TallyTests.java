package io.breaker.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Counts orders. */
class TallyTests {

    private final Tally tally = new Tally();

    @Test
    void countsByStatusAndStartsAgain() {
        tally.count(201);
        tally.count(201);
        tally.count(502);
        tally.count(503);
        tally.countUnanswered();

        assertThat(tally.takeText()).isEqualTo("2 placed, 2 failed, 1 refused");
        assertThat(tally.takeText()).isEqualTo("0 placed, 0 failed, 0 refused");
    }
}
