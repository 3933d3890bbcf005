package io.breaker.circuitbreaker.tripper;

import io.breaker.circuitbreaker.tripper.TripperOperators.And;
import io.breaker.circuitbreaker.tripper.TripperOperators.Not;
import io.breaker.circuitbreaker.tripper.TripperOperators.Or;
import io.breaker.circuitbreaker.tripper.TripperRules.AvgLatency;
import io.breaker.circuitbreaker.tripper.TripperRules.FailureCount;
import io.breaker.circuitbreaker.tripper.TripperRules.SlowRate;
import io.breaker.circuitbreaker.tripper.TripperTerms.Named;
import io.breaker.circuitbreaker.window.CallStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a tripper can reach, for whoever checks settings before they are used. It looks into named trippers and through
 * operators; a custom tripper may do anything. Immutable.
 *
 * @param tripper the tripper
 */
public record TripperReach(Tripper tripper) {

    /**
     * Tells whether some figures make the tripper hold. It finds rules that exclude each other, such as
     * {@code failureRate(0.5) & !failureRate(0.3)}, and errs on the side of true.
     *
     * @param halfOpen whether the situation is HALF_OPEN rather than CLOSED
     * @return false only if there are none
     */
    public boolean canHold(boolean halfOpen) {
        return Conjunction.allOf(tripper)
                .map(cases -> cases.stream().anyMatch(one -> one.isPossible(halfOpen)))
                .orElse(true);
    }

    /**
     * Finds a {@code failureCount} that a window has no room for.
     *
     * @param capacity how many calls the window can hold
     * @return the term; empty if there is none
     */
    public Optional<Tripper> failureCountAbove(long capacity) {
        return terms(term -> term instanceof FailureCount count && count.count() > capacity).stream()
                .findFirst();
    }

    /**
     * Finds the {@code slowRate}s and {@code avgLatency}s that ask for a long latency.
     *
     * @param limit a latency
     * @return the terms whose threshold is above it
     */
    public List<Tripper> latencyRulesAbove(Duration limit) {
        return terms(term -> (term instanceof SlowRate slow && slow.threshold().compareTo(limit) > 0)
                || (term instanceof AvgLatency mean && mean.threshold().compareTo(limit) > 0));
    }

    /**
     * Tells whether the tripper holds in CLOSED although nothing is wrong: as many calls as it waits for have succeeded,
     * and none took any time.
     *
     * @return false if it does not, or has a custom term, of which nothing is known
     */
    public boolean holdsAfterSuccesses() {
        TripperProfile profile = TripperProfile.of(tripper);
        SortedMap<Duration, Long> slow = new TreeMap<>();
        profile.slowThresholds().forEach(threshold -> slow.put(threshold, 0L));
        CallStats successes = new CallStats(Math.max(1, profile.maxMinRequests()), 0, slow, Optional.of(Duration.ZERO));
        return profile.pure()
                && tripper.trips(TripContext.of(
                        successes, /* halfOpen= */ false, /* failureStreak= */ 0, /* successThreshold= */ 1));
    }

    private List<Tripper> terms(Predicate<Tripper> condition) {
        List<Tripper> found = new ArrayList<>();
        collect(tripper, condition, found);
        return found;
    }

    private static void collect(Tripper node, Predicate<Tripper> condition, List<Tripper> found) {
        if (node instanceof And and) {
            and.parts().forEach(part -> collect(part, condition, found));
        } else if (node instanceof Or or) {
            or.parts().forEach(part -> collect(part, condition, found));
        } else if (node instanceof Not not) {
            collect(not.operand(), condition, found);
        } else if (node instanceof Named named) {
            collect(named.tripper(), condition, found);
        } else if (condition.test(node)) {
            found.add(node);
        }
    }
}
