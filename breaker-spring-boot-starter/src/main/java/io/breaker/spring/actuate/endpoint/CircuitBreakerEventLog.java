package io.breaker.spring.actuate.endpoint;

import io.breaker.circuitbreaker.CircuitBreakerEvent.Failed;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Ignored;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Rejected;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Succeeded;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.event.Registration;
import io.breaker.spring.actuate.endpoint.LoggedCall.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keeps the last calls of each breaker, from the moment it is made. Safe for concurrent use; no call waits for another
 * to be written down.
 *
 * <p>Transitions are not kept here: a breaker keeps its own, where no traffic can push them out.
 */
public final class CircuitBreakerEventLog implements AutoCloseable {

    /** How many calls of one breaker are kept. */
    static final int KEPT_CALLS = 100;

    private final ConcurrentMap<String, Calls> byName = new ConcurrentHashMap<>();
    private final List<Registration> registrations = new ArrayList<>();

    /**
     * Starts listening to all breakers, present and future.
     *
     * @param registry the breakers
     * @param all whether succeeded and rejected calls are kept too, besides failed and ignored ones
     */
    public CircuitBreakerEventLog(CircuitBreakerRegistry registry, boolean all) {
        registrations.add(registry.onEvent(Failed.class, this::failed));
        registrations.add(registry.onEvent(Ignored.class, this::ignored));
        // Nobody listens to the others by default: an event that nobody hears is not even made.
        if (all) {
            registrations.add(registry.onEvent(Succeeded.class, this::succeeded));
            registrations.add(registry.onEvent(Rejected.class, this::rejected));
        }
    }

    /** Gives the last calls of one breaker, newest first. */
    List<LoggedCall> calls(String name) {
        return callsOf(name).recent.newestFirst();
    }

    /** Gives the last failed call of one breaker, however many ignored ones came after it. */
    Optional<LoggedCall> lastFailure(String name) {
        return callsOf(name).lastFailure.newestFirst().stream().findFirst();
    }

    /** Stops listening. What is kept can still be read. */
    @Override
    public void close() {
        registrations.forEach(Registration::close);
    }

    private void failed(Failed event) {
        LoggedCall call = LoggedCall.of(Outcome.FAILED, event.at(), event.latency(), event.cause());
        Calls calls = callsOf(event.name());
        calls.recent.add(call);
        calls.lastFailure.add(call);
    }

    private void ignored(Ignored event) {
        callsOf(event.name()).recent.add(LoggedCall.of(Outcome.IGNORED, event.at(), Optional.empty(), event.cause()));
    }

    private void succeeded(Succeeded event) {
        callsOf(event.name())
                .recent
                .add(LoggedCall.of(Outcome.SUCCEEDED, event.at(), event.latency(), Optional.empty()));
    }

    private void rejected(Rejected event) {
        callsOf(event.name())
                .recent
                .add(LoggedCall.of(Outcome.REJECTED, event.at(), Optional.empty(), Optional.empty()));
    }

    private Calls callsOf(String name) {
        Calls known = byName.get(name);
        // computeIfAbsent alone may wait for the same bin even where the name is known.
        return known != null ? known : byName.computeIfAbsent(name, unused -> new Calls());
    }

    private record Calls(RecentCalls recent, RecentCalls lastFailure) {

        Calls() {
            this(new RecentCalls(KEPT_CALLS), new RecentCalls(1));
        }
    }
}
