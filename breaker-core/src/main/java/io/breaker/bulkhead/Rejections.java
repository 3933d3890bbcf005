package io.breaker.bulkhead;

import io.breaker.bulkhead.BulkheadEvent.Reconfigured;
import io.breaker.bulkhead.BulkheadEvent.Rejected;
import io.breaker.bulkhead.BulkheadFullException.Reason;
import io.breaker.event.Listeners;
import io.breaker.event.Registration;
import io.breaker.time.Ticker;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Counts and tells what became of the callers of one bulkhead that got no slot. */
final class Rejections {

    final String name;
    private final Ticker ticker;
    private final Listeners<Rejected> rejectedListeners = new Listeners<>();
    private final Listeners<Reconfigured> reconfiguredListeners = new Listeners<>();

    /** Each caller without a slot is added to exactly one of these. Sums are exact at rest. */
    private final LongAdder full = new LongAdder();

    private final LongAdder timedOut = new LongAdder();
    private final LongAdder interrupted = new LongAdder();
    private final LongAdder cancelled = new LongAdder();

    Rejections(String name, Ticker ticker) {
        this.name = name;
        this.ticker = ticker;
    }

    BulkheadFullException full(Limits limits) {
        return rejected(full, limits.full());
    }

    BulkheadFullException timedOut(Limits limits) {
        return rejected(timedOut, limits.timedOut());
    }

    BulkheadFullException interrupted(Limits limits) {
        return rejected(interrupted, limits.interrupted());
    }

    void cancelled() {
        cancelled.increment();
    }

    private BulkheadFullException rejected(LongAdder count, BulkheadFullException rejection) {
        count.increment();
        if (!rejectedListeners.isEmpty()) {
            Reason reason = rejection.reason();
            rejectedListeners.publish(new Rejected(name, ticker.instant(), reason));
        }
        return rejection;
    }

    void reconfigured(BulkheadConfig config) {
        if (!reconfiguredListeners.isEmpty()) {
            reconfiguredListeners.publish(new Reconfigured(name, ticker.instant(), config));
        }
    }

    BulkheadTotals totals() {
        return new BulkheadTotals(full.sum(), timedOut.sum(), interrupted.sum(), cancelled.sum());
    }

    /** Adds a listener of one type of event, or of all of them where the type is the common one. */
    <E extends BulkheadEvent> Registration add(Class<E> type, Consumer<? super E> listener) {
        Objects.requireNonNull(listener, "listener");
        List<Registration> registrations = Stream.of(
                        add(Rejected.class, rejectedListeners, type, listener),
                        add(Reconfigured.class, reconfiguredListeners, type, listener))
                .flatMap(List::stream)
                .toList();
        return () -> registrations.forEach(Registration::close);
    }

    private static <E extends BulkheadEvent> List<Registration> add(
            Class<?> event, Listeners<? extends BulkheadEvent> listeners, Class<E> type, Consumer<? super E> listener) {
        return type.isAssignableFrom(event)
                ? List.of(listeners.add(told -> listener.accept(type.cast(told))))
                : List.of();
    }
}
