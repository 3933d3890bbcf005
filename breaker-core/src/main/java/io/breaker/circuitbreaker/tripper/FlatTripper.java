package io.breaker.circuitbreaker.tripper;

import io.breaker.circuitbreaker.tripper.TripperOperators.And;
import io.breaker.circuitbreaker.tripper.TripperOperators.Not;
import io.breaker.circuitbreaker.tripper.TripperOperators.Or;
import io.breaker.circuitbreaker.tripper.TripperRules.FailureCount;
import io.breaker.circuitbreaker.tripper.TripperRules.FailureRate;
import io.breaker.circuitbreaker.tripper.TripperRules.FailureStreak;
import io.breaker.circuitbreaker.tripper.TripperTerms.Closed;
import io.breaker.circuitbreaker.tripper.TripperTerms.HalfOpened;
import io.breaker.circuitbreaker.tripper.TripperTerms.MinRequests;
import io.breaker.circuitbreaker.tripper.TripperTerms.Named;
import java.util.ArrayList;
import java.util.List;

/**
 * A tripper of built-in terms for one situation, laid out as a list of steps with jumps instead of a tree. It is asked at
 * every failed call: a walk through a tree costs a virtual call for each term, and {@code closed} and {@code halfOpened}
 * have one answer there.
 */
final class FlatTripper implements Tripper {

    // Kinds of steps: numbers, because a switch over an enum looks the number of the case up first.
    private static final int MIN_REQUESTS = 0;
    private static final int FAILURE_RATE = 1;
    private static final int FAILURE_COUNT = 2;
    private static final int FAILURE_STREAK = 3;
    private static final int OTHER = 4;

    /**
     * One term.
     *
     * @param kind what is compared with the limit
     * @param limit from which figure on the term holds; not looked at for OTHER
     * @param term the term itself
     * @param whenTrue the next step if it holds, or {@link #HOLDS} or {@link #FAILS}
     * @param whenFalse the next step if it does not hold
     */
    private record Step(int kind, double limit, Tripper term, int whenTrue, int whenFalse) {}

    private static final int HOLDS = -1;
    private static final int FAILS = -2;

    private final Tripper tree;
    private final boolean halfOpen;
    private final long capacity;
    /**
     * With fewer failures the tripper holds in no full window; 0 where that cannot be said. A window is full nearly always,
     * so one comparison answers most of the questions, however many terms there are.
     */
    private final long fewestFailures;

    /** In an order in which a step jumps to earlier ones only, so a walk ends. */
    private final Step[] steps;

    private final int first;

    private FlatTripper(Tripper tree, boolean halfOpen, long capacity) {
        this.tree = tree;
        this.halfOpen = halfOpen;
        this.capacity = capacity;
        List<Step> reversed = new ArrayList<>();
        this.fewestFailures = capacity <= Integer.MAX_VALUE ? fewestFailures(tree) : 0;
        this.first = lay(tree, HOLDS, FAILS, reversed);
        this.steps = reversed.toArray(new Step[0]);
    }

    /** Gives a tripper that holds exactly when the other does in that situation; all terms must be built in. */
    static Tripper of(Tripper tree, boolean halfOpen, long capacity) {
        return new FlatTripper(tree, halfOpen, capacity);
    }

    /** Lays out a part and gives its first step, or the target itself where the situation decides. */
    private int lay(Tripper part, int whenTrue, int whenFalse, List<Step> reversed) {
        if (part instanceof Closed) {
            return halfOpen ? whenFalse : whenTrue;
        }
        if (part instanceof HalfOpened) {
            return halfOpen ? whenTrue : whenFalse;
        }
        if (part instanceof Named named) {
            return lay(named.tripper(), whenTrue, whenFalse, reversed);
        }
        if (part instanceof Not not) {
            return lay(not.operand(), whenFalse, whenTrue, reversed);
        }
        if (part instanceof And and) {
            int next = whenTrue;
            for (int i = and.parts().size() - 1; i >= 0; i--) {
                next = lay(and.parts().get(i), next, whenFalse, reversed);
            }
            return next;
        }
        if (part instanceof Or or) {
            int next = whenFalse;
            for (int i = or.parts().size() - 1; i >= 0; i--) {
                next = lay(or.parts().get(i), whenTrue, next, reversed);
            }
            return next;
        }
        reversed.add(step(part, whenTrue, whenFalse));
        return reversed.size() - 1;
    }

    private static Step step(Tripper term, int whenTrue, int whenFalse) {
        if (term instanceof MinRequests min) {
            return new Step(MIN_REQUESTS, min.count(), term, whenTrue, whenFalse);
        }
        if (term instanceof FailureRate rate) {
            return new Step(FAILURE_RATE, rate.rate(), term, whenTrue, whenFalse);
        }
        if (term instanceof FailureCount count) {
            return new Step(FAILURE_COUNT, count.count(), term, whenTrue, whenFalse);
        }
        if (term instanceof FailureStreak streak) {
            return new Step(FAILURE_STREAK, streak.count(), term, whenTrue, whenFalse);
        }
        return new Step(OTHER, 0, term, whenTrue, whenFalse);
    }

    /** Finds a number of failures with fewer of which a part holds in no full window; 0 if there is none. */
    private long fewestFailures(Tripper part) {
        if (part instanceof And and) {
            return and.parts().stream().mapToLong(this::fewestFailures).max().orElse(0);
        }
        if (part instanceof Or or) {
            return or.parts().stream().mapToLong(this::fewestFailures).min().orElse(0);
        }
        if (part instanceof Named named) {
            return fewestFailures(named.tripper());
        }
        if (Chance.of(part, halfOpen) == Chance.NEVER) {
            return capacity;
        }
        if (part instanceof FailureCount count) {
            return Math.min(count.count(), capacity);
        }
        if (part instanceof FailureStreak streak) {
            // The window holds the end of the streak, and all of it if there is room.
            return Math.min(streak.count(), capacity);
        }
        return part instanceof FailureRate rate ? fewestFailures(rate.rate()) : 0;
    }

    /** Finds them by asking the rule, because a product is not as exact as its quotient. */
    private long fewestFailures(double rate) {
        long failures = (long) Math.floor(rate * capacity);
        while (failures > 0 && TripperRules.reaches(failures - 1, capacity, rate)) {
            failures--;
        }
        return failures;
    }

    @Override
    public boolean trips(TripContext context) {
        long total = context.total();
        long failures = context.failures();
        if (total == capacity && failures < fewestFailures) {
            return false;
        }
        int next = first;
        while (next >= 0) {
            Step step = steps[next];
            boolean holds = switch (step.kind) {
                case MIN_REQUESTS -> total >= step.limit || (halfOpen && step.term.trips(context));
                case FAILURE_RATE -> TripperRules.reaches(failures, total, step.limit);
                case FAILURE_COUNT -> failures >= step.limit;
                case FAILURE_STREAK -> context.failureStreak() >= step.limit;
                default -> step.term.trips(context);
            };
            next = holds ? step.whenTrue : step.whenFalse;
        }
        return next == HOLDS;
    }

    @Override
    public String text() {
        return tree.text();
    }
}
