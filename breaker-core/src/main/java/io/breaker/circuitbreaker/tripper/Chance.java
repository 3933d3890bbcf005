package io.breaker.circuitbreaker.tripper;

import io.breaker.circuitbreaker.tripper.TripperOperators.And;
import io.breaker.circuitbreaker.tripper.TripperOperators.Not;
import io.breaker.circuitbreaker.tripper.TripperOperators.Or;
import io.breaker.circuitbreaker.tripper.TripperTerms.Closed;
import io.breaker.circuitbreaker.tripper.TripperTerms.HalfOpened;
import io.breaker.circuitbreaker.tripper.TripperTerms.Named;
import java.util.List;

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
            return weakest(and.parts(), halfOpen);
        }
        if (tripper instanceof Or or) {
            return strongest(or.parts(), halfOpen);
        }
        if (tripper instanceof Not not) {
            return of(not.operand(), halfOpen).opposite();
        }
        return tripper instanceof Named named ? of(named.tripper(), halfOpen) : MAYBE;
    }

    private static Chance weakest(List<Tripper> parts, boolean halfOpen) {
        Chance weakest = ALWAYS;
        for (Tripper part : parts) {
            Chance chance = of(part, halfOpen);
            weakest = chance.compareTo(weakest) < 0 ? chance : weakest;
        }
        return weakest;
    }

    private static Chance strongest(List<Tripper> parts, boolean halfOpen) {
        Chance strongest = NEVER;
        for (Tripper part : parts) {
            Chance chance = of(part, halfOpen);
            strongest = chance.compareTo(strongest) > 0 ? chance : strongest;
        }
        return strongest;
    }

    private Chance opposite() {
        return this == NEVER ? ALWAYS : this == ALWAYS ? NEVER : MAYBE;
    }
}
