package io.breaker.circuitbreaker.cooldown;

import io.breaker.expression.Expression;
import io.breaker.expression.ExpressionException;
import io.breaker.expression.ExpressionParser;
import io.breaker.expression.Vocabulary;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * Says how long a circuit stays open before calls may probe.
 *
 * <p>{@code toString} of what the methods of this interface make gives the text that {@link #parse(String)} reads back
 * to an equal cooldown.
 *
 * <table>
 * <caption>Cooldowns</caption>
 * <tr><th>text</th><th>length</th></tr>
 * <tr><td>{@code none}</td><td>zero: the next call probes</td></tr>
 * <tr><td>{@code fixed(60s)}, {@code fixed(60s, jitter=0.1)}</td><td>60 seconds, the default; from 54 to 66</td></tr>
 * <tr><td>{@code exponential(10s, multiplier=2, max=300s, jitter=0.1)}</td><td>10 seconds at first, then twice as long
 * at each opening that follows a failed probe, up to 300; closing starts anew</td></tr>
 * <tr><td>{@code indefinite}</td><td>without end: only a command closes the circuit</td></tr>
 * </table>
 *
 * <p>A breaker asks once per opening and keeps the answer. Implementations are safe for concurrent use. A cooldown that
 * throws or is negative counts as {@code fixed(60s)}.
 */
@FunctionalInterface
public interface Cooldown extends Expression {

    /** The length of a cooldown without end. */
    Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    /** The cooldown of a breaker that names none: {@code fixed(60s)}. */
    Cooldown DEFAULT = fixed(Duration.ofSeconds(60));

    /**
     * Tells how long the circuit that opens now stays open.
     *
     * @param context what led to it
     * @return the length, at least zero; {@link #FOREVER} for no end
     */
    Duration length(CooldownContext context);

    /**
     * Ends at once: the next call probes.
     *
     * @return the cooldown
     */
    static Cooldown none() {
        return new CooldownTerms.None();
    }

    /**
     * Lasts equally long each time.
     *
     * @param duration the length, above zero
     * @return the cooldown
     * @throws IllegalArgumentException if {@code duration} is out of range
     */
    static Cooldown fixed(Duration duration) {
        return fixed(duration, 0);
    }

    /**
     * Lasts about equally long each time.
     *
     * @param duration the middle length, above zero
     * @param jitter how far chance moves the length, 0.0 (inclusive, not at all) to 1.0 (exclusive): a jitter
     *     {@code j} multiplies by a uniform draw from [1 - j, 1 + j]
     * @return the cooldown
     * @throws IllegalArgumentException if a value is out of range
     */
    static Cooldown fixed(Duration duration, double jitter) {
        return new CooldownTerms.Fixed(duration, jitter);
    }

    /**
     * Doubles with each opening that follows a failed probe, up to 5 minutes.
     *
     * @param initial the first length, above zero; cut to 5 minutes where it is longer
     * @return the cooldown
     * @throws IllegalArgumentException if {@code initial} is out of range
     */
    static Cooldown exponential(Duration initial) {
        return exponential(initial, CooldownTerms.DEFAULT_MULTIPLIER, CooldownTerms.DEFAULT_MAX);
    }

    /**
     * Grows with each opening that follows a failed probe.
     *
     * @param initial the first length, above zero
     * @param multiplier how much longer each length is than the one before, at least 1.0 and finite
     * @param max the longest length, above zero; also cuts {@code initial} where that is longer
     * @return the cooldown
     * @throws IllegalArgumentException if a value is out of range
     */
    static Cooldown exponential(Duration initial, double multiplier, Duration max) {
        return exponential(initial, multiplier, max, 0);
    }

    /**
     * Grows with each opening that follows a failed probe, spread by chance.
     *
     * @param initial the first length, above zero
     * @param multiplier how much longer each length is than the one before, at least 1.0 and finite
     * @param max the longest length, above zero, also after jitter
     * @param jitter how far chance moves the length, 0.0 (inclusive, not at all) to 1.0 (exclusive): a jitter
     *     {@code j} multiplies by a uniform draw from [1 - j, 1 + j]
     * @return the cooldown
     * @throws IllegalArgumentException if a value is out of range
     */
    static Cooldown exponential(Duration initial, double multiplier, Duration max, double jitter) {
        return new CooldownTerms.Exponential(initial, multiplier, max, jitter);
    }

    /**
     * Never ends: the circuit stays open until a command closes it.
     *
     * @return the cooldown
     */
    static Cooldown indefinite() {
        return new CooldownTerms.Indefinite();
    }

    /**
     * Gives a cooldown a name, which is then its text.
     *
     * @param name a Java identifier that no built-in cooldown has
     * @param cooldown what the name stands for
     * @return a cooldown that does the same
     * @throws IllegalArgumentException if the name is no identifier or a built-in one
     */
    static Cooldown named(String name, Cooldown cooldown) {
        return CooldownTerms.Named.of(name, cooldown);
    }

    /**
     * Reads a cooldown from its text, with the names of {@link #vocabulary()}.
     *
     * @param text one term, such as {@code fixed(60s, jitter=10%)}
     * @return the cooldown
     * @throws ExpressionException if the text is not a cooldown
     */
    static Cooldown parse(String text) {
        return parse(text, vocabulary());
    }

    /**
     * Reads a cooldown from its text.
     *
     * @param text one term
     * @param vocabulary the names that the text may use
     * @return the cooldown
     * @throws ExpressionException if the text is not a cooldown
     */
    static Cooldown parse(String text, Vocabulary<Cooldown> vocabulary) {
        return ExpressionParser.of(vocabulary).parse(text);
    }

    /**
     * Gives the names of the built-in cooldowns.
     *
     * @return {@code none}, {@code fixed}, {@code exponential} and {@code indefinite}
     */
    static Vocabulary<Cooldown> vocabulary() {
        return CooldownTerms.VOCABULARY;
    }
}
