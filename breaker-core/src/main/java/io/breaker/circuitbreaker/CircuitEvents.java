package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.CircuitBreakerEvent.Failed;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Ignored;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Reconfigured;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Rejected;
import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Succeeded;
import io.breaker.circuitbreaker.CircuitBreakerEvent.WouldOpen;
import io.breaker.event.Listeners;
import io.breaker.event.Registration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The listeners of one breaker, a list for each type of event: whether an event is worth making is then one look at one
 * list.
 */
final class CircuitEvents {

    /** Stands for the listeners of a breaker that never had one, and is never added to: most breakers share it. */
    static final CircuitEvents NOBODY = new CircuitEvents();

    final Listeners<Succeeded> succeeded = new Listeners<>();
    final Listeners<Failed> failed = new Listeners<>();
    final Listeners<Ignored> ignored = new Listeners<>();
    final Listeners<Rejected> rejected = new Listeners<>();
    final Listeners<StateChanged> stateChanged = new Listeners<>();
    final Listeners<WouldOpen> wouldOpen = new Listeners<>();
    final Listeners<Reconfigured> reconfigured = new Listeners<>();

    /** Adds a listener of one type of event, or of all of them where the type is the common one. */
    <E extends CircuitBreakerEvent> Registration add(Class<E> type, Consumer<? super E> listener) {
        Objects.requireNonNull(listener, "listener");
        List<Registration> registrations = byType().entrySet().stream()
                .filter(entry -> type.isAssignableFrom(entry.getKey()))
                .map(entry -> entry.getValue().add(event -> listener.accept(type.cast(event))))
                .toList();
        return () -> registrations.forEach(Registration::close);
    }

    /** Made when somebody listens: a breaker that nobody listens to need not keep it. */
    private Map<Class<?>, Listeners<? extends CircuitBreakerEvent>> byType() {
        return Map.of(
                Succeeded.class, succeeded,
                Failed.class, failed,
                Ignored.class, ignored,
                Rejected.class, rejected,
                StateChanged.class, stateChanged,
                WouldOpen.class, wouldOpen,
                Reconfigured.class, reconfigured);
    }
}
