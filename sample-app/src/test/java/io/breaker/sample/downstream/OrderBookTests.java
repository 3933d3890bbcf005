package io.breaker.sample.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.sample.downstream.OrderBook.Entry;
import io.breaker.sample.downstream.OrderBook.Status;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps orders. */
class OrderBookTests {

    private final OrderBook book = new OrderBook();

    @Test
    void forgetsTheOldest() {
        for (int i = 0; i < 1001; i++) {
            book.add(BigDecimal.ONE);
        }

        assertThat(book.find("o1")).isEmpty();
        assertThat(book.newestFirst())
                .hasSize(1000)
                .first()
                .extracting(Entry::id)
                .isEqualTo("o1001");
    }

    @Test
    void cancelsAnOrder() {
        Entry entry = book.add(BigDecimal.ONE);

        assertThat(book.cancel(entry.id())).contains(entry.cancelled());
        assertThat(book.find(entry.id())).map(Entry::status).contains(Status.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"o1", "o", "p1", "1", "", "o9999999999999999999"})
    void doesNotFindWhatItNeverHad(String id) {
        assertThat(book.find(id)).isEmpty();
        assertThat(book.cancel(id)).isEmpty();
    }
}
