package io.breaker.retry;

import io.breaker.event.Listeners;
import io.breaker.event.Registration;
import io.breaker.retry.RetryEvent.GaveUp;
import io.breaker.retry.RetryEvent.Reason;
import io.breaker.retry.RetryEvent.Retried;
import io.breaker.retry.RetryEvent.SucceededAfterRetry;
import io.breaker.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts what happens at one retry, and tells its listeners. */
final class RetryJournal {

    private final String name;
    private final Ticker ticker;
    private final Listeners<Retried> retried = new Listeners<>();
    private final Listeners<SucceededAfterRetry> succeededAfterRetry = new Listeners<>();
    private final Listeners<GaveUp> gaveUp = new Listeners<>();

    /*
     * Invariants
     *
     * - Each call is added to `calls` when it begins and to at most one of `recoveries` and `failures` when it ends;
     *   `exhaustions` counts some of the failures once more.
     * - Adders: every call writes and nobody reads on the call path. At rest the sums are exact.
     */
    private final LongAdder calls = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder recoveries = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder exhaustions = new LongAdder();

    RetryJournal(String name, Ticker ticker) {
        this.name = name;
        this.ticker = ticker;
    }

    void begun() {
        calls.increment();
    }

    void retried(int attempt, Duration delay, Throwable cause) {
        retries.increment();
        if (!retried.isEmpty()) {
            retried.publish(new Retried(name, ticker.instant(), attempt, delay, cause));
        }
    }

    void succeededAfterRetry(int attempts) {
        recoveries.increment();
        if (!succeededAfterRetry.isEmpty()) {
            succeededAfterRetry.publish(new SucceededAfterRetry(name, ticker.instant(), attempts));
        }
    }

    void gaveUp(int attempts, Reason reason, Throwable cause) {
        failures.increment();
        if (reason != Reason.NOT_RETRYABLE) {
            exhaustions.increment();
        }
        if (!gaveUp.isEmpty()) {
            gaveUp.publish(new GaveUp(name, ticker.instant(), attempts, reason, cause));
        }
    }

    RetryTotals totals() {
        return new RetryTotals(calls.sum(), retries.sum(), recoveries.sum(), failures.sum(), exhaustions.sum());
    }

    <E extends RetryEvent> Registration add(Class<E> type, Consumer<? super E> listener) {
        Objects.requireNonNull(listener, "listener");
        Map<Class<?>, Listeners<? extends RetryEvent>> byType =
                Map.of(Retried.class, retried, SucceededAfterRetry.class, succeededAfterRetry, GaveUp.class, gaveUp);
        List<Registration> registrations = byType.entrySet().stream()
                .filter(entry -> type.isAssignableFrom(entry.getKey()))
                .map(entry -> entry.getValue().add(event -> listener.accept(type.cast(event))))
                .toList();
        return () -> registrations.forEach(Registration::close);
    }
}
