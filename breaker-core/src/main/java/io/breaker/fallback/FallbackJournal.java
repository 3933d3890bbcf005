package io.breaker.fallback;

import io.breaker.event.Listeners;
import io.breaker.event.Registration;
import io.breaker.fallback.FallbackEvent.Answered;
import io.breaker.fallback.FallbackEvent.Failed;
import io.breaker.time.Ticker;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts what happens at one fallback, and tells its listeners. */
final class FallbackJournal {

    private final String name;
    private final Ticker ticker;
    private final Listeners<Answered> answered = new Listeners<>();
    private final Listeners<Failed> failed = new Listeners<>();

    /** Each failure that the fallback is for is added to exactly one of the two counts, when it is answered or not. */
    private final LongAdder answers = new LongAdder();

    private final LongAdder failures = new LongAdder();

    FallbackJournal(String name, Ticker ticker) {
        this.name = name;
        this.ticker = ticker;
    }

    void answered(Throwable cause) {
        answers.increment();
        if (!answered.isEmpty()) {
            answered.publish(new Answered(name, ticker.instant(), cause));
        }
    }

    void failed(Throwable cause, Throwable failure) {
        failures.increment();
        if (!failed.isEmpty()) {
            failed.publish(new Failed(name, ticker.instant(), cause, failure));
        }
    }

    String name() {
        return name;
    }

    FallbackTotals totals() {
        return new FallbackTotals(answers.sum(), failures.sum());
    }

    <E extends FallbackEvent> Registration add(Class<E> type, Consumer<? super E> listener) {
        Objects.requireNonNull(listener, "listener");
        Map<Class<?>, Listeners<? extends FallbackEvent>> byType =
                Map.of(Answered.class, answered, Failed.class, failed);
        List<Registration> registrations = byType.entrySet().stream()
                .filter(entry -> type.isAssignableFrom(entry.getKey()))
                .map(entry -> entry.getValue().add(event -> listener.accept(type.cast(event))))
                .toList();
        return () -> registrations.forEach(Registration::close);
    }
}
