package io.breaker.sample;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what became of orders, until the count is taken. Safe for concurrent use. */
final class Tally {

    private static final int CREATED = 201;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /** Counts an answer by its HTTP status. */
    void count(int status) {
        switch (status) {
            case CREATED -> placed.incrementAndGet();
            case SERVICE_UNAVAILABLE -> refused.incrementAndGet();
            default -> failed.incrementAndGet();
        }
    }

    void countUnanswered() {
        failed.incrementAndGet();
    }

    /** Gives the counts and starts again at zero. */
    String takeText() {
        return "%d placed, %d failed, %d refused"
                .formatted(placed.getAndSet(0), failed.getAndSet(0), refused.getAndSet(0));
    }
}
