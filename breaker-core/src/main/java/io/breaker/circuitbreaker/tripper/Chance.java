package io.breaker.circuitbreaker.tripper;

import io.breaker.circuitbreaker.tripper.TripperOperators.And;
import io.breaker.circuitbreaker.tripper.TripperOperators.Not;
import io.breaker.circuitbreaker.tripper.TripperOperators.Or;
import io.breaker.circuitbreaker.tripper.TripperTerms.Closed;
import io.breaker.circuitbreaker.tripper.TripperTerms.HalfOpened;
import io.breaker.circuitbreaker.tripper.TripperTerms.Named;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whether a tripper can hold, as far as the situation alone decides it; from the least to the most. */
enum Chance {
    NEVER,
    MAYBE,
    ALWAYS;

    static Chance of(Tripper tripper, boolean halfOpen) {
        if (tripper instanceof Closed) {
            return halfOpen ? NEVER : ALWAYS;
        }
        if (tripper instanceof HalfOpened) {
            return halfOpen ? ALWAYS : NEVER;
        }
        if (tripper instanceof And and) {
            return each(and.parts(), halfOpen).min(Comparator.naturalOrder()).orElse(ALWAYS);
        }
        if (tripper instanceof Or or) {
            return each(or.parts(), halfOpen).max(Comparator.naturalOrder()).orElse(NEVER);
        }
        if (tripper instanceof Not not) {
            return of(not.operand(), halfOpen).opposite();
        }
        return tripper instanceof Named named ? of(named.tripper(), halfOpen) : MAYBE;
    }

    private static Stream<Chance> each(List<Tripper> parts, boolean halfOpen) {
        return parts.stream().map(part -> of(part, halfOpen));
    }

    private Chance opposite() {
        return this == NEVER ? ALWAYS : this == ALWAYS ? NEVER : MAYBE;
    }
}
