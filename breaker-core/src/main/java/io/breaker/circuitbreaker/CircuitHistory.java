package io.breaker.circuitbreaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which states a breaker was in, and how it came there. Immutable; as of the moment it was asked for.
 *
 * @param transitions the last 50 changes of state, newest first
 * @param changes how often the breaker went from one state to another, for each pair that happened
 * @param times how long the breaker was in each state, the current stay included
 * @param wouldOpens how often the tripper began to hold in METRICS_ONLY
 */
public record CircuitHistory(
        List<Transition> transitions, Map<Change, Long> changes, Map<CircuitState, Duration> times, long wouldOpens) {

    /** How many transitions are kept. */
    public static final int KEPT_TRANSITIONS = 50;

    private static final CircuitHistory EMPTY = new CircuitHistory(List.of(), Map.of(), Map.of(), 0);

    /**
     * A pair of states.
     *
     * @param from the state before
     * @param to the state after
     */
    public record Change(CircuitState from, CircuitState to) {}

    /**
     * Makes a history that no later change of the arguments reaches.
     *
     * @param transitions newest first
     * @param changes how often, by pair of states
     * @param times how long, by state
     * @param wouldOpens how often the tripper began to hold in METRICS_ONLY
     */
    public CircuitHistory {
        transitions = List.copyOf(transitions);
        changes = Map.copyOf(changes);
        times = Map.copyOf(times);
    }

    /**
     * Counts one kind of change.
     *
     * @param from the state before
     * @param to the state after
     * @return how often it happened since the breaker was made
     */
    public long changes(CircuitState from, CircuitState to) {
        return changes.getOrDefault(new Change(from, to), 0L);
    }

    /**
     * Tells how long the breaker was in a state.
     *
     * @param state the state
     * @return the sum over all stays, the current one included
     */
    public Duration timeIn(CircuitState state) {
        return times.getOrDefault(state, Duration.ZERO);
    }

    static CircuitHistory empty() {
        return EMPTY;
    }

    /** Gives the history with one more transition, after a stay of that length. */
    CircuitHistory with(Transition transition, Duration stay) {
        List<Transition> kept = new ArrayList<>();
        kept.add(transition);
        kept.addAll(transitions.subList(0, Math.min(transitions.size(), KEPT_TRANSITIONS - 1)));
        Map<Change, Long> counts = new HashMap<>(changes);
        counts.merge(new Change(transition.from(), transition.to()), 1L, Long::sum);
        return new CircuitHistory(kept, counts, timesWith(transition.from(), stay), wouldOpens);
    }

    /** Gives the history with a stay that goes on, as of now. */
    CircuitHistory asOfNow(CircuitState state, Duration stay, long wouldOpensByNow) {
        return new CircuitHistory(transitions, changes, timesWith(state, stay), wouldOpensByNow);
    }

    private Map<CircuitState, Duration> timesWith(CircuitState state, Duration stay) {
        Map<CircuitState, Duration> sums = new EnumMap<>(CircuitState.class);
        sums.putAll(times);
        sums.merge(state, stay, Duration::plus);
        return Collections.unmodifiableMap(sums);
    }
}
