package io.breaker.sample.downstream;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The last orders, newest first. Safe for concurrent use. */
final class OrderBook {

    private static final int KEPT = 1000;

    private final ConcurrentNavigableMap<Long, Entry> entries = new ConcurrentSkipListMap<>();
    private final AtomicLong lastNumber = new AtomicLong();

    /** Adds an order and forgets the one that is too old by then. */
    Entry add(BigDecimal total) {
        long number = lastNumber.incrementAndGet();
        Entry entry = new Entry("o" + number, Status.PLACED, total);
        entries.put(number, entry);
        entries.remove(number - KEPT);
        return entry;
    }

    Optional<Entry> find(String id) {
        return numberOf(id).map(entries::get);
    }

    /** Cancels an order; one that is cancelled already stays so. */
    Optional<Entry> cancel(String id) {
        return numberOf(id).map(number -> entries.computeIfPresent(number, (same, entry) -> entry.cancelled()));
    }

    List<Entry> newestFirst() {
        return List.copyOf(entries.descendingMap().values());
    }

    private static Optional<Long> numberOf(String id) {
        return id.matches("o\\d{1,18}") ? Optional.of(Long.valueOf(id.substring(1))) : Optional.empty();
    }

    /** Whether an order is to be delivered. */
    enum Status {
        /** It is. */
        PLACED,
        /** It is not. */
        CANCELLED
    }

    /** One order. Immutable. */
    record Entry(String id, Status status, BigDecimal total) {

        Entry cancelled() {
            return new Entry(id, Status.CANCELLED, total);
        }
    }
}
