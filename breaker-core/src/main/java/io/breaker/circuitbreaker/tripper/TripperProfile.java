package io.breaker.circuitbreaker.tripper;

import io.breaker.circuitbreaker.tripper.TripperOperators.And;
import io.breaker.circuitbreaker.tripper.TripperOperators.Not;
import io.breaker.circuitbreaker.tripper.TripperOperators.Or;
import io.breaker.circuitbreaker.tripper.TripperRules.AvgLatency;
import io.breaker.circuitbreaker.tripper.TripperRules.Rule;
import io.breaker.circuitbreaker.tripper.TripperRules.SlowRate;
import io.breaker.circuitbreaker.tripper.TripperTerms.Condition;
import io.breaker.circuitbreaker.tripper.TripperTerms.MinRequests;
import io.breaker.circuitbreaker.tripper.TripperTerms.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the machinery must know of a tripper before it asks it. It looks into named trippers and through operators; what
 * code in a custom tripper asks for stays unknown. Immutable.
 *
 * @param slowThresholds the thresholds of every {@code slowRate}, also of those under {@code !}; unmodifiable
 * @param readsMeanLatency whether there is an {@code avgLatency}
 * @param pure whether all terms are built in, so that the figures of the context alone decide
 * @param monotone whether the tripper is pure and has neither {@code !} nor {@code avgLatency}: one more fast success
 *     can then make it hold in no other way than by being the call that a {@code minRequests} waits for
 * @param maxMinRequests the largest count of a {@code minRequests}; 0 if there is none
 * @param canHoldClosed whether it can hold in CLOSED at all
 * @param canHoldHalfOpen whether it can hold in HALF_OPEN at all; {@code closed & failureRate(0.5)} cannot
 */
public record TripperProfile(
        SortedSet<Duration> slowThresholds,
        boolean readsMeanLatency,
        boolean pure,
        boolean monotone,
        int maxMinRequests,
        boolean canHoldClosed,
        boolean canHoldHalfOpen) {

    /**
     * Looks through a tripper.
     *
     * @param tripper any tripper
     * @return its profile
     */
    public static TripperProfile of(Tripper tripper) {
        List<Tripper> nodes = new ArrayList<>();
        addNodes(tripper, nodes);
        boolean readsMeanLatency = nodes.stream().anyMatch(AvgLatency.class::isInstance);
        boolean pure = nodes.stream().allMatch(TripperProfile::isBuiltIn);
        return new TripperProfile(
                slowThresholds(nodes),
                readsMeanLatency,
                pure,
                pure && !readsMeanLatency && nodes.stream().noneMatch(Not.class::isInstance),
                maxMinRequests(nodes),
                Chance.of(tripper, /* halfOpen= */ false) != Chance.NEVER,
                Chance.of(tripper, /* halfOpen= */ true) != Chance.NEVER);
    }

    /**
     * Tells whether the tripper can hold at all in a situation. The answer errs on the side of true: only the operators
     * and the terms that name a situation are looked at, and every other term may hold.
     *
     * @param halfOpen whether the situation is HALF_OPEN rather than CLOSED
     * @return false only if it can never hold there
     */
    public boolean canHold(boolean halfOpen) {
        return halfOpen ? canHoldHalfOpen : canHoldClosed;
    }

    /**
     * Gives a tripper that is cheap to ask, again and again in one situation.
     *
     * @param tripper the tripper that this is the profile of
     * @param halfOpen whether the situation is HALF_OPEN rather than CLOSED
     * @param capacity how many calls the window can hold, at least 1
     * @return a tripper that holds exactly when the other does, in that situation; the same one unless {@link #pure()}
     */
    public Tripper flatten(Tripper tripper, boolean halfOpen, long capacity) {
        return pure ? FlatTripper.of(tripper, halfOpen, capacity) : tripper;
    }

    private static void addNodes(Tripper tripper, List<Tripper> nodes) {
        nodes.add(tripper);
        children(tripper).forEach(child -> addNodes(child, nodes));
    }

    private static List<Tripper> children(Tripper tripper) {
        if (tripper instanceof And and) {
            return and.parts();
        }
        if (tripper instanceof Or or) {
            return or.parts();
        }
        if (tripper instanceof Not not) {
            return List.of(not.operand());
        }
        return tripper instanceof Named named ? List.of(named.tripper()) : List.of();
    }

    private static boolean isBuiltIn(Tripper node) {
        return node instanceof Rule
                || node instanceof Condition
                || !children(node).isEmpty();
    }

    private static SortedSet<Duration> slowThresholds(List<Tripper> nodes) {
        SortedSet<Duration> thresholds = new TreeSet<>();
        for (Tripper node : nodes) {
            if (node instanceof SlowRate slow) {
                thresholds.add(slow.threshold());
            }
        }
        return thresholds.isEmpty() ? Collections.emptySortedSet() : Collections.unmodifiableSortedSet(thresholds);
    }

    private static int maxMinRequests(List<Tripper> nodes) {
        int max = 0;
        for (Tripper node : nodes) {
            if (node instanceof MinRequests min) {
                max = Math.max(max, min.count());
            }
        }
        return max;
    }
}
