package io.breaker.circuitbreaker.tripper;

import io.breaker.expression.Expression;
import io.breaker.expression.ExpressionException;
import io.breaker.expression.ExpressionParser;
import io.breaker.expression.Vocabulary;
import java.time.Duration;

/**
 * Says when a circuit opens. It is asked after each recorded call, in CLOSED and HALF_OPEN.
 *
 * <p>{@code toString} of what the methods of this interface make gives the text that {@link #parse(String)} reads back
 * to an equal tripper, unless it exceeds the limits of {@link ExpressionParser}.
 *
 * <table>
 * <caption>Trippers</caption>
 * <tr><th>text</th><th>holds</th></tr>
 * <tr><td>{@code closed}</td><td>in CLOSED</td></tr>
 * <tr><td>{@code halfOpened}</td><td>in HALF_OPEN</td></tr>
 * <tr><td>{@code minRequests(20)}</td><td>once the window holds 20 calls; in HALF_OPEN once it holds as many successes
 * as close the circuit, if that is fewer</td></tr>
 * <tr><td>{@code failureRate(0.5)}</td><td>when half of the calls failed, or more</td></tr>
 * <tr><td>{@code slowRate(0.3, 3s)}</td><td>when three tenths of the calls, or more, took 3 seconds or longer</td></tr>
 * <tr><td>{@code avgLatency(2s)}</td><td>when the calls took 2 seconds on average, or longer</td></tr>
 * <tr><td>{@code failureStreak(5)}</td><td>when the last 5 calls failed, or more</td></tr>
 * <tr><td>{@code failureCount(10)}</td><td>when 10 calls failed, or more</td></tr>
 * <tr><td>{@code a & b}, {@code a | b}, {@code !a}</td><td>when both, either, or not {@code a} holds</td></tr>
 * </table>
 *
 * <p>Every threshold is inclusive. A rate or mean over no calls does not hold.
 *
 * <p>Implementations are safe for concurrent use and fast, since every call waits for them. A tripper that throws does
 * not hold.
 */
@FunctionalInterface
public interface Tripper extends Expression {

    /**
     * The tripper of a breaker that names none: {@code (closed & minRequests(20) & failureRate(0.5)) | (halfOpened &
     * failureRate(0.5))}.
     */
    Tripper DEFAULT =
            closed().and(minRequests(20)).and(failureRate(0.5)).or(halfOpened().and(failureRate(0.5)));

    /**
     * Tells whether the circuit is to open.
     *
     * @param context the recorded calls and the situation
     * @return whether the rule holds
     */
    boolean trips(TripContext context);

    /**
     * Holds in CLOSED.
     *
     * @return the tripper
     */
    static Tripper closed() {
        return new TripperTerms.Closed();
    }

    /**
     * Holds in HALF_OPEN.
     *
     * @return the tripper
     */
    static Tripper halfOpened() {
        return new TripperTerms.HalfOpened();
    }

    /**
     * Holds once the window holds enough calls to judge by. In HALF_OPEN, where few calls are let through, the
     * successes that would close the circuit are enough if they are fewer.
     *
     * @param count how many calls, at least 1
     * @return the tripper
     * @throws IllegalArgumentException if {@code count} is out of range
     */
    static Tripper minRequests(int count) {
        return new TripperTerms.MinRequests(count);
    }

    /**
     * Holds when a share of the calls failed.
     *
     * @param rate the share from which on it holds, 0.0 (exclusive) to 1.0 (inclusive)
     * @return the tripper
     * @throws IllegalArgumentException if {@code rate} is out of range
     */
    static Tripper failureRate(double rate) {
        return new TripperRules.FailureRate(rate);
    }

    /**
     * Holds when a share of the calls, failed ones too, was slow.
     *
     * @param rate the share from which on it holds, 0.0 (exclusive) to 1.0 (inclusive)
     * @param threshold the latency from which on a call is slow, above zero
     * @return the tripper
     * @throws IllegalArgumentException if a value is out of range
     */
    static Tripper slowRate(double rate, Duration threshold) {
        return new TripperRules.SlowRate(rate, threshold);
    }

    /**
     * Holds when the calls, failed ones too, took long on average.
     *
     * @param threshold the mean latency from which on it holds, above zero
     * @return the tripper
     * @throws IllegalArgumentException if {@code threshold} is out of range
     */
    static Tripper avgLatency(Duration threshold) {
        return new TripperRules.AvgLatency(threshold);
    }

    /**
     * Holds when calls failed in a row.
     *
     * @param count how many, at least 1
     * @return the tripper
     * @throws IllegalArgumentException if {@code count} is out of range
     */
    static Tripper failureStreak(int count) {
        return new TripperRules.FailureStreak(count);
    }

    /**
     * Holds when calls failed, in a row or not.
     *
     * @param count how many, at least 1
     * @return the tripper
     * @throws IllegalArgumentException if {@code count} is out of range
     */
    static Tripper failureCount(int count) {
        return new TripperRules.FailureCount(count);
    }

    /**
     * Gives a tripper a name, which is then its text.
     *
     * @param name a Java identifier that no built-in tripper has
     * @param tripper what the name stands for
     * @return a tripper that does the same
     * @throws IllegalArgumentException if the name is no identifier or a built-in one
     */
    static Tripper named(String name, Tripper tripper) {
        return TripperTerms.Named.of(name, tripper);
    }

    /**
     * Reads a tripper from its text, with the names of {@link #vocabulary()}.
     *
     * @param text such as {@code minRequests(10) & failureRate(50%)}
     * @return the tripper
     * @throws ExpressionException if the text is not a tripper
     */
    static Tripper parse(String text) {
        return parse(text, vocabulary());
    }

    /**
     * Reads a tripper from its text.
     *
     * @param text terms joined by {@code &}, {@code |}, {@code !} and parentheses
     * @param vocabulary the names that the text may use
     * @return the tripper
     * @throws ExpressionException if the text is not a tripper
     */
    static Tripper parse(String text, Vocabulary<Tripper> vocabulary) {
        return ExpressionParser.of(vocabulary, Tripper::and, Tripper::or, Tripper::negate)
                .parse(text);
    }

    /**
     * Gives the names of the built-in trippers.
     *
     * @return {@code closed}, {@code halfOpened}, {@code minRequests}, {@code failureRate}, {@code slowRate},
     *     {@code avgLatency}, {@code failureStreak} and {@code failureCount}
     */
    static Vocabulary<Tripper> vocabulary() {
        return TripperTerms.VOCABULARY;
    }

    /**
     * Holds when both hold. The other one is asked only where this one holds.
     *
     * @param other the other tripper
     * @return both; equal however three and more are grouped
     */
    default Tripper and(Tripper other) {
        return TripperOperators.And.of(this, other);
    }

    /**
     * Holds when either holds. The other one is asked only where this one does not hold.
     *
     * @param other the other tripper
     * @return either; equal however three and more are grouped
     */
    default Tripper or(Tripper other) {
        return TripperOperators.Or.of(this, other);
    }

    /**
     * Holds when this one does not hold.
     *
     * @return the opposite; the opposite of an opposite is the tripper itself
     */
    default Tripper negate() {
        return new TripperOperators.Not(this);
    }
}
