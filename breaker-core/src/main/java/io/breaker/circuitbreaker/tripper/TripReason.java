package io.breaker.circuitbreaker.tripper;

import io.breaker.circuitbreaker.tripper.TripperOperators.And;
import io.breaker.circuitbreaker.tripper.TripperOperators.Not;
import io.breaker.circuitbreaker.tripper.TripperOperators.Or;
import io.breaker.circuitbreaker.tripper.TripperRules.Rule;
import io.breaker.circuitbreaker.tripper.TripperTerms.Condition;
import java.util.LinkedHashSet;
import java.util.Set;

/** Says in words why a tripper held, such as {@code failureRate(0.5) held: 12 of 20 calls failed}. */
public final class TripReason {

    private TripReason() {}

    /**
     * Names the rules that made a tripper hold, with their figures, joined by {@code and}. Of the parts of an {@code |}
     * it names those that hold. It leaves out {@code closed}, {@code halfOpened} and {@code minRequests}, unless the
     * tripper has nothing else.
     *
     * @param tripper a tripper that held
     * @param context what it held on; parts of an {@code |} are asked again
     * @return the reason, in one line
     */
    public static String of(Tripper tripper, TripContext context) {
        // A set, because one rule may stand in several parts of an `|`.
        Set<String> reasons = new LinkedHashSet<>();
        collect(tripper, context, reasons);
        return reasons.isEmpty() ? tripper.text() + " held" : String.join(" and ", reasons);
    }

    private static void collect(Tripper tripper, TripContext context, Set<String> reasons) {
        if (tripper instanceof And and) {
            and.parts().forEach(part -> collect(part, context, reasons));
        } else if (tripper instanceof Or or) {
            or.parts().stream().filter(part -> holds(part, context)).forEach(part -> collect(part, context, reasons));
        } else if (tripper instanceof Rule rule) {
            reasons.add(rule.text() + " held: " + rule.figures(context));
        } else if (!isCondition(tripper)) {
            reasons.add(tripper.text() + " held");
        }
    }

    /** The tripper itself may not have got as far as a part that throws; such a part does not hold. */
    private static boolean holds(Tripper part, TripContext context) {
        try {
            return part.trips(context);
        } catch (Throwable defect) {
            return false;
        }
    }

    private static boolean isCondition(Tripper tripper) {
        return tripper instanceof Condition || (tripper instanceof Not not && not.operand() instanceof Condition);
    }
}
