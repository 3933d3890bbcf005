package io.breaker.circuitbreaker.tripper;

import io.breaker.expression.Composite;
import java.util.List;

/**
 * What {@code &}, {@code |} and {@code !} make of trippers. They walk their parts by index: an iterator would be one
 * allocation for each recorded call.
 */
final class TripperOperators {

    private TripperOperators() {}

    /** When every part holds. */
    record And(List<Tripper> parts) implements Tripper, Composite<Tripper> {

        static And of(Tripper first, Tripper second) {
            return new And(Composite.flatten(And.class, first, second));
        }

        @Override
        public boolean trips(TripContext context) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).trips(context)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String operator() {
            return "&";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** When some part holds. */
    record Or(List<Tripper> parts) implements Tripper, Composite<Tripper> {

        static Or of(Tripper first, Tripper second) {
            return new Or(Composite.flatten(Or.class, first, second));
        }

        @Override
        public boolean trips(TripContext context) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).trips(context)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String operator() {
            return "|";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** When the operand does not hold. */
    record Not(Tripper operand) implements Tripper {

        @Override
        public boolean trips(TripContext context) {
            return !operand.trips(context);
        }

        @Override
        public Tripper negate() {
            return operand;
        }

        @Override
        public String text() {
            return "!" + Composite.operandText(operand);
        }

        @Override
        public String toString() {
            return text();
        }
    }
}
