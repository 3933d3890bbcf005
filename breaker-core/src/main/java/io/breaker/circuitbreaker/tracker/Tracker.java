package io.breaker.circuitbreaker.tracker;

import io.breaker.expression.Expression;
import io.breaker.expression.ExpressionException;
import io.breaker.expression.ExpressionParser;
import io.breaker.expression.Vocabulary;
import java.util.List;

/**
 * Says which exceptions are failures. The others are ignored: they are neither failure nor success.
 *
 * <p>{@code toString} of what the methods of this interface make gives the text that {@link #parse(String)} reads back
 * to an equal tracker, unless it exceeds the limits of {@link ExpressionParser}.
 *
 * <table>
 * <caption>Trackers</caption>
 * <tr><th>text</th><th>tracks</th></tr>
 * <tr><td>{@code all}</td><td>every {@code Throwable}; the default</td></tr>
 * <tr><td>{@code typeOf(java.io.IOException, a.Outer$Inner)}</td><td>instances of one of the classes</td></tr>
 * <tr><td>{@code causedBy(java.io.IOException)}</td><td>what has an instance in its cause chain, or is one</td></tr>
 * <tr><td>{@code a & b}, {@code a | b}, {@code !a}</td><td>what both, either, or not {@code a} tracks</td></tr>
 * </table>
 *
 * <p>Implementations are safe for concurrent use. A tracker that throws counts the call as failed.
 */
@FunctionalInterface
public interface Tracker extends Expression {

    /** The tracker of a breaker that names none: {@code all}. */
    Tracker DEFAULT = all();

    /**
     * Tells whether an exception is a failure.
     *
     * @param thrown what a call threw
     * @return whether the call failed; false to ignore the call
     */
    boolean tracks(Throwable thrown);

    /**
     * Tracks every {@link Throwable}, errors too.
     *
     * @return the tracker
     */
    static Tracker all() {
        return TrackerTerms.ALL;
    }

    /**
     * Tracks the instances of some classes and their subclasses.
     *
     * @param types one class or more
     * @return the tracker
     * @throws IllegalArgumentException if there is no class
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied and not kept
    static Tracker typeOf(Class<? extends Throwable>... types) {
        return new TrackerTerms.TypeOf(List.of(types));
    }

    /**
     * Tracks what has an instance of some classes anywhere in its cause chain. An exception is the first link of its
     * own chain.
     *
     * @param types one class or more
     * @return the tracker
     * @throws IllegalArgumentException if there is no class
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied and not kept
    static Tracker causedBy(Class<? extends Throwable>... types) {
        return new TrackerTerms.CausedBy(List.of(types));
    }

    /**
     * Gives a tracker a name, which is then its text.
     *
     * @param name a Java identifier that no built-in tracker has
     * @param tracker what the name stands for
     * @return a tracker that does the same
     * @throws IllegalArgumentException if the name is no identifier or a built-in one
     */
    static Tracker named(String name, Tracker tracker) {
        return TrackerTerms.Named.of(name, tracker);
    }

    /**
     * Reads a tracker from its text, with the names of {@link #vocabulary()}.
     *
     * @param text such as {@code typeOf(java.io.IOException)}
     * @return the tracker
     * @throws ExpressionException if the text is not a tracker
     */
    static Tracker parse(String text) {
        return parse(text, vocabulary());
    }

    /**
     * Reads a tracker from its text.
     *
     * @param text such as {@code typeOf(java.io.IOException) & !notFound}
     * @param vocabulary the names that the text may use
     * @return the tracker
     * @throws ExpressionException if the text is not a tracker
     */
    static Tracker parse(String text, Vocabulary<Tracker> vocabulary) {
        return ExpressionParser.of(vocabulary, Tracker::and, Tracker::or, Tracker::negate)
                .parse(text);
    }

    /**
     * Gives the names of the built-in trackers. Exception classes are loaded by the context class loader of the calling
     * thread; where there is none, by the one that loaded Breaker.
     *
     * @return {@code all}, {@code typeOf} and {@code causedBy}
     */
    static Vocabulary<Tracker> vocabulary() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return vocabulary(context != null ? context : Tracker.class.getClassLoader());
    }

    /**
     * Gives the names of the built-in trackers.
     *
     * @param loader loads exception classes, without running their static initialisers
     * @return {@code all}, {@code typeOf} and {@code causedBy}
     */
    static Vocabulary<Tracker> vocabulary(ClassLoader loader) {
        return TrackerTerms.vocabulary(loader);
    }

    /**
     * Tracks what both track. The other one is asked only where this one tracks.
     *
     * @param other the other tracker
     * @return both; equal however three and more are grouped
     */
    default Tracker and(Tracker other) {
        return TrackerOperators.And.of(this, other);
    }

    /**
     * Tracks what either tracks. The other one is asked only where this one does not track.
     *
     * @param other the other tracker
     * @return either; equal however three and more are grouped
     */
    default Tracker or(Tracker other) {
        return TrackerOperators.Or.of(this, other);
    }

    /**
     * Tracks what this one does not track.
     *
     * @return the opposite; the opposite of an opposite is the tracker itself
     */
    default Tracker negate() {
        return new TrackerOperators.Not(this);
    }
}
