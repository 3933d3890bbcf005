package io.breaker.circuitbreaker.tripper;

import io.breaker.circuitbreaker.tripper.TripperOperators.And;
import io.breaker.circuitbreaker.tripper.TripperOperators.Not;
import io.breaker.circuitbreaker.tripper.TripperOperators.Or;
import io.breaker.circuitbreaker.tripper.TripperRules.AvgLatency;
import io.breaker.circuitbreaker.tripper.TripperRules.FailureCount;
import io.breaker.circuitbreaker.tripper.TripperRules.FailureRate;
import io.breaker.circuitbreaker.tripper.TripperRules.FailureStreak;
import io.breaker.circuitbreaker.tripper.TripperRules.SlowRate;
import io.breaker.circuitbreaker.tripper.TripperTerms.MinRequests;
import io.breaker.circuitbreaker.tripper.TripperTerms.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One case in which a tripper holds: some terms hold, and some do not.
 *
 * @param holding the terms that hold
 * @param failing the terms that do not
 */
record Conjunction(List<Tripper> holding, List<Tripper> failing) {

    /** The cases can double with each operator; nobody writes an expression by hand that has more. */
    private static final int MOST_CASES = 256;

    /** Finds all cases; empty if they are too many to look at. */
    static Optional<List<Conjunction>> allOf(Tripper tripper) {
        return cases(tripper, /* holds= */ true);
    }

    private static Optional<List<Conjunction>> cases(Tripper node, boolean holds) {
        if (node instanceof Not not) {
            return cases(not.operand(), !holds);
        }
        if (node instanceof Named named) {
            return cases(named.tripper(), holds);
        }
        if (node instanceof And and) {
            return holds ? every(and.parts(), true) : some(and.parts(), false);
        }
        if (node instanceof Or or) {
            return holds ? some(or.parts(), true) : every(or.parts(), false);
        }
        List<Tripper> term = List.of(node);
        return Optional.of(List.of(holds ? new Conjunction(term, List.of()) : new Conjunction(List.of(), term)));
    }

    private static Optional<List<Conjunction>> some(List<Tripper> parts, boolean holds) {
        List<Conjunction> all = new ArrayList<>();
        for (Tripper part : parts) {
            Optional<List<Conjunction>> more = cases(part, holds);
            if (more.isEmpty() || all.size() + more.get().size() > MOST_CASES) {
                return Optional.empty();
            }
            all.addAll(more.get());
        }
        return Optional.of(all);
    }

    private static Optional<List<Conjunction>> every(List<Tripper> parts, boolean holds) {
        List<Conjunction> all = List.of(new Conjunction(List.of(), List.of()));
        for (Tripper part : parts) {
            Optional<List<Conjunction>> more = cases(part, holds);
            if (more.isEmpty() || (long) all.size() * more.get().size() > MOST_CASES) {
                return Optional.empty();
            }
            List<Conjunction> before = all;
            all = more.get().stream()
                    .flatMap(one -> before.stream().map(other -> other.and(one)))
                    .toList();
        }
        return Optional.of(all);
    }

    private Conjunction and(Conjunction other) {
        return new Conjunction(join(holding, other.holding), join(failing, other.failing));
    }

    private static List<Tripper> join(List<Tripper> one, List<Tripper> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** Tells whether the terms do not exclude each other in a situation. */
    boolean isPossible(boolean halfOpen) {
        return holding.stream().allMatch(term -> Chance.of(term, halfOpen) != Chance.NEVER)
                && failing.stream().allMatch(term -> Chance.of(term, halfOpen) != Chance.ALWAYS)
                && holding.stream().noneMatch(term -> failing.stream().anyMatch(other -> implies(term, other)));
    }

    /** Tells whether the second term holds wherever the first one does. */
    private static boolean implies(Tripper one, Tripper other) {
        if (one instanceof MinRequests a && other instanceof MinRequests b) {
            return a.count() >= b.count();
        }
        if (one instanceof FailureRate a && other instanceof FailureRate b) {
            return a.rate() >= b.rate();
        }
        if (one instanceof FailureCount a && other instanceof FailureCount b) {
            return a.count() >= b.count();
        }
        if (one instanceof FailureStreak a && other instanceof FailureStreak b) {
            return a.count() >= b.count();
        }
        if (one instanceof SlowRate a && other instanceof SlowRate b) {
            return a.rate() >= b.rate() && a.threshold().compareTo(b.threshold()) >= 0;
        }
        return one instanceof AvgLatency a
                && other instanceof AvgLatency b
                && a.threshold().compareTo(b.threshold()) >= 0;
    }
}
