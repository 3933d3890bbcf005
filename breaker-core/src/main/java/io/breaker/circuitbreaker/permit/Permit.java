package io.breaker.circuitbreaker.permit;

import io.breaker.expression.Expression;
import io.breaker.expression.ExpressionException;
import io.breaker.expression.ExpressionParser;
import io.breaker.expression.Vocabulary;
import java.time.Duration;

/**
 * Says which calls may probe while a circuit is half open. The others are rejected.
 *
 * <p>{@code toString} of what the methods of this interface make gives the text that {@link #parse(String)} reads back
 * to an equal permit, unless it exceeds the limits of {@link ExpressionParser}.
 *
 * <table>
 * <caption>Permits</caption>
 * <tr><th>text</th><th>admits</th></tr>
 * <tr><td>{@code all}</td><td>every call</td></tr>
 * <tr><td>{@code random(0.5)}</td><td>each call with a chance of one half</td></tr>
 * <tr><td>{@code rampUp(0.1, 1.0, 60s)}</td><td>a tenth of the calls at first, evenly more until it is all of them after
 * 60 seconds; the circuit does not close before</td></tr>
 * <tr><td>{@code concurrent(3)}</td><td>a call while fewer than 3 probes are out; the default</td></tr>
 * <tr><td>{@code a & b}</td><td>what both admit</td></tr>
 * </table>
 *
 * <p>Permits have no {@code |} and no {@code !}: either would undo the limit that {@code concurrent} sets.
 *
 * <p>Implementations are safe for concurrent use. A permit that throws refuses the call.
 */
@FunctionalInterface
public interface Permit extends Expression {

    /** The permit of a breaker that names none: {@code concurrent(3)}. */
    Permit DEFAULT = concurrent(3);

    /**
     * Tells whether a call may probe.
     *
     * @param context how the circuit stands
     * @return whether the call may be made
     */
    boolean admits(PermitContext context);

    /**
     * Tells how long the circuit stays half open at least, however well its probes do.
     *
     * @return at least zero; zero by default
     */
    default Duration ramp() {
        return Duration.ZERO;
    }

    /**
     * Admits every call.
     *
     * @return the permit
     */
    static Permit all() {
        return new PermitTerms.All();
    }

    /**
     * Admits each call by chance.
     *
     * @param ratio the chance of a call, 0.0 (exclusive) to 1.0 (inclusive)
     * @return the permit
     * @throws IllegalArgumentException if {@code ratio} is out of range
     */
    static Permit random(double ratio) {
        return new PermitTerms.Random(ratio);
    }

    /**
     * Admits each call by a chance that grows evenly with the time the circuit has been half open. The circuit stays
     * half open for that time at least.
     *
     * @param initialRatio the chance at the beginning, 0.0 (exclusive) to {@code finalRatio} (inclusive)
     * @param finalRatio the chance at the end of {@code duration} and after it, up to 1.0 (inclusive)
     * @param duration how long the chance grows, above zero
     * @return the permit
     * @throws IllegalArgumentException if a value is out of range
     */
    static Permit rampUp(double initialRatio, double finalRatio, Duration duration) {
        return new PermitTerms.RampUp(initialRatio, finalRatio, duration);
    }

    /**
     * Admits a call while fewer probes than a number are out.
     *
     * @param calls how many calls may probe at one time, at least 1
     * @return the permit
     * @throws IllegalArgumentException if {@code calls} is out of range
     */
    static Permit concurrent(int calls) {
        return new PermitTerms.Concurrent(calls);
    }

    /**
     * Gives a permit a name, which is then its text.
     *
     * @param name a Java identifier that no built-in permit has
     * @param permit what the name stands for
     * @return a permit that does the same
     * @throws IllegalArgumentException if the name is no identifier or a built-in one
     */
    static Permit named(String name, Permit permit) {
        return PermitTerms.Named.of(name, permit);
    }

    /**
     * Reads a permit from its text, with the names of {@link #vocabulary()}.
     *
     * @param text such as {@code rampUp(10%, 100%, 60s) & concurrent(50)}
     * @return the permit
     * @throws ExpressionException if the text is not a permit
     */
    static Permit parse(String text) {
        return parse(text, vocabulary());
    }

    /**
     * Reads a permit from its text.
     *
     * @param text terms joined by {@code &}
     * @param vocabulary the names that the text may use
     * @return the permit
     * @throws ExpressionException if the text is not a permit
     */
    static Permit parse(String text, Vocabulary<Permit> vocabulary) {
        return ExpressionParser.of(vocabulary, Permit::and).parse(text);
    }

    /**
     * Gives the names of the built-in permits.
     *
     * @return {@code all}, {@code random}, {@code rampUp} and {@code concurrent}
     */
    static Vocabulary<Permit> vocabulary() {
        return PermitTerms.VOCABULARY;
    }

    /**
     * Admits what both admit. The other one is asked only where this one admits.
     *
     * @param other the other permit
     * @return both, with the longer ramp; equal however three and more are grouped
     */
    default Permit and(Permit other) {
        return PermitTerms.And.of(this, other);
    }
}
