package io.breaker.spring.metrics;

import static io.breaker.circuitbreaker.CircuitState.CLOSED;
import static io.breaker.circuitbreaker.CircuitState.HALF_OPEN;
import static io.breaker.circuitbreaker.CircuitState.OPEN;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitHistory;
import io.breaker.circuitbreaker.CircuitHistory.Change;
import io.breaker.circuitbreaker.CircuitState;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of the states of one breaker: which one it is in, how it came there, how long it was where. */
final class StateMeters {

    /** What a breaker does by itself is there from the start, so that a rate sees the first change too. */
    private static final List<Change> NATURAL = List.of(
            new Change(CLOSED, OPEN),
            new Change(OPEN, HALF_OPEN),
            new Change(HALF_OPEN, OPEN),
            new Change(HALF_OPEN, CLOSED));

    private final BreakerMeters meters;
    private final Set<Change> registered = ConcurrentHashMap.newKeySet();

    StateMeters(BreakerMeters meters) {
        this.meters = meters;
    }

    void register() {
        for (CircuitState state : CircuitState.values()) {
            Tags tags = Tags.of("state", tagOf(state));
            meters.gauge(
                    "state",
                    "1 for the state that the breaker is in, else 0",
                    tags,
                    read -> read.state() == state ? 1 : 0);
            meters.timer(
                    "state.time",
                    "Stays in a state, and the time they took together",
                    tags,
                    breaker -> stays(breaker, state),
                    breaker -> breaker.history().timeIn(state));
        }
        meters.counter(
                "would.open",
                "How often the circuit would have opened, had it not been in METRICS_ONLY",
                Tags.empty(),
                breaker -> breaker.history().wouldOpens());
        NATURAL.forEach(this::registerOnce);
    }

    /** Looks for changes of state that had not happened before: most pairs of states never come up. */
    void registerNewChanges() {
        meters.breaker().history().changes().keySet().forEach(this::registerOnce);
    }

    private void registerOnce(Change change) {
        if (registered.add(change)) {
            meters.counter(
                    "state.changes",
                    "Changes of state",
                    Tags.of("from", tagOf(change.from()), "to", tagOf(change.to())),
                    breaker -> breaker.history().changes(change.from(), change.to()));
        }
    }

    /** Every stay that has ended was left by a change; the current one has not ended. */
    private static long stays(CircuitBreaker breaker, CircuitState state) {
        CircuitHistory history = breaker.history();
        long ended = history.changes().entrySet().stream()
                .filter(entry -> entry.getKey().from() == state)
                .mapToLong(Map.Entry::getValue)
                .sum();
        return breaker.state() == state ? ended + 1 : ended;
    }

    private static String tagOf(CircuitState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
