package io.breaker.circuitbreaker.tracker;

import io.breaker.expression.Composite;
import java.util.List;

/**
 * What {@code &}, {@code |} and {@code !} make of trackers. They walk their parts by index: an iterator would be one
 * allocation for each failed call.
 */
final class TrackerOperators {

    private TrackerOperators() {}

    /** What every part tracks. */
    record And(List<Tracker> parts) implements Tracker, Composite<Tracker> {

        static And of(Tracker first, Tracker second) {
            return new And(Composite.flatten(And.class, first, second));
        }

        @Override
        public boolean tracks(Throwable thrown) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).tracks(thrown)) {
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

    /** What some part tracks. */
    record Or(List<Tracker> parts) implements Tracker, Composite<Tracker> {

        static Or of(Tracker first, Tracker second) {
            return new Or(Composite.flatten(Or.class, first, second));
        }

        @Override
        public boolean tracks(Throwable thrown) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).tracks(thrown)) {
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

    /** What the operand does not track. */
    record Not(Tracker operand) implements Tracker {

        @Override
        public boolean tracks(Throwable thrown) {
            return !operand.tracks(thrown);
        }

        @Override
        public Tracker negate() {
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
