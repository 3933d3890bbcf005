package io.breaker.expression;

import java.time.Duration;

/**
 * One parameter of a term, with the checks that keep its values in range. Immutable.
 *
 * <p>A term checks its values where it is made, so Java code and text meet the same rule in the same words:
 * {@code failureRate must be in (0.0, 1.0]: 1.5}. The parser knows from the failed check at which argument the fault is.
 */
public final class Parameter {

    private final String name;
    private final String label;

    private Parameter(String name, String label) {
        this.name = name;
        this.label = label;
    }

    /**
     * Names one of several parameters; messages call it by both names, such as {@code slowRate threshold}.
     *
     * @param term the name of the term
     * @param name the name of the parameter
     * @return the parameter
     */
    public static Parameter of(String term, String name) {
        return new Parameter(name, term + " " + name);
    }

    /**
     * Names the only parameter of a term; messages call it by the name of the term, such as {@code failureRate}.
     *
     * @param term the name of the term
     * @param name the name of the parameter
     * @return the parameter
     */
    public static Parameter only(String term, String name) {
        return new Parameter(name, term);
    }

    /**
     * Checks a share of the whole that may not be zero.
     *
     * @param value the value
     * @return the value, in (0.0, 1.0]
     * @throws IllegalArgumentException if it is out of range
     */
    public double checkRatio(double value) {
        check(value > 0 && value <= 1, "must be in (0.0, 1.0]", value);
        return value;
    }

    /**
     * Checks a jitter.
     *
     * @param value the value
     * @return the value, in [0.0, 1.0)
     * @throws IllegalArgumentException if it is out of range
     */
    public double checkJitter(double value) {
        check(value >= 0 && value < 1, "must be in [0.0, 1.0)", value);
        // -0.0 passes the check and would not equal the 0.0 that its text reads back to.
        return value + 0.0;
    }

    /**
     * Checks a factor that may not shrink.
     *
     * @param value the value
     * @return the value, finite and at least 1.0
     * @throws IllegalArgumentException if it is out of range
     */
    public double checkMultiplier(double value) {
        check(value >= 1 && value <= Double.MAX_VALUE, "must be at least 1 and finite", value);
        return value;
    }

    /**
     * Checks a number of calls.
     *
     * @param value the value
     * @return the value, at least 1
     * @throws IllegalArgumentException if it is out of range
     */
    public int checkCount(int value) {
        check(value >= 1, "must be at least 1", value);
        return value;
    }

    /**
     * Checks a duration that may not be zero.
     *
     * @param value the value
     * @return the value, above zero
     * @throws IllegalArgumentException if it is out of range
     */
    public Duration checkPositive(Duration value) {
        check(value.compareTo(Duration.ZERO) > 0, "must be above 0", Durations.format(value));
        return value;
    }

    /**
     * Checks a rule of the term's own.
     *
     * @param holds whether the value keeps the rule
     * @param rule what must be, such as {@code must be at least 10ms}
     * @param value what is instead
     * @throws IllegalArgumentException if the rule does not hold; the message is the parameter, the rule and the value
     */
    public void check(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new Fault(name, label + " " + rule + ": " + value);
        }
    }

    /** Tells the parser at which argument a check failed; to everybody else it is an illegal argument. */
    static final class Fault extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private final String parameter;

        private Fault(String parameter, String message) {
            super(message);
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }
    }
}
