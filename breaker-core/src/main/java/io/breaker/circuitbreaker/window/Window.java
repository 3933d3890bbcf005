package io.breaker.circuitbreaker.window;

import io.breaker.expression.Expression;
import io.breaker.expression.ExpressionException;
import io.breaker.expression.ExpressionParser;
import io.breaker.expression.Vocabulary;
import java.time.Duration;

/**
 * Says how much of the past counts.
 *
 * <p>{@code toString} gives the text that {@link #parse} reads back to an equal window. Immutable.
 *
 * <table>
 * <caption>Windows</caption>
 * <tr><th>text</th><th>holds</th></tr>
 * <tr><td>{@code count(100)}</td><td>the last 100 succeeded and failed calls, exactly; the default</td></tr>
 * <tr><td>{@code time(60s)}</td><td>the calls of the last 60 seconds, in 60 slices: a call leaves with its slice, so
 * between 59/60 and 60/60 of the duration after it ended</td></tr>
 * </table>
 */
public sealed interface Window extends Expression permits CountWindow, TimeWindow {

    /** The window of a breaker that names none: {@code count(100)}. */
    Window DEFAULT = count(100);

    /**
     * Holds the last calls, however long ago they were.
     *
     * @param size how many calls, 1 to 1 000 000
     * @return the window
     * @throws IllegalArgumentException if {@code size} is out of range
     */
    static Window count(int size) {
        return new CountWindow(size);
    }

    /**
     * Holds the calls of the last stretch of time, however many there were. It expires on read as well as on write.
     *
     * @param duration how far back a call counts, at least 10 ms
     * @return the window
     * @throws IllegalArgumentException if {@code duration} is out of range
     */
    static Window time(Duration duration) {
        return new TimeWindow(duration);
    }

    /**
     * Reads a window from its text.
     *
     * @param text such as {@code count(100)} or {@code time(60s)}
     * @return the window
     * @throws ExpressionException if the text is not a window
     */
    static Window parse(String text) {
        return parse(text, vocabulary());
    }

    /**
     * Reads a window from its text.
     *
     * @param text such as {@code count(100)} or {@code time(60s)}
     * @param vocabulary the names to know
     * @return the window
     * @throws ExpressionException if the text is not a window
     */
    static Window parse(String text, Vocabulary<Window> vocabulary) {
        return ExpressionParser.of(vocabulary).parse(text);
    }

    /**
     * Gives the names that {@link #parse} knows.
     *
     * @return {@code count} and {@code time}
     */
    static Vocabulary<Window> vocabulary() {
        return WindowTerms.VOCABULARY;
    }

    /**
     * Makes an empty counter that holds what this window says, with a tally of its own.
     *
     * @param rules what will be asked of the counter
     * @param now the current {@link io.breaker.time.Ticker#nanos()}
     * @return a new counter
     */
    default WindowCounter newCounter(WindowRules rules, long now) {
        return newCounter(rules, now, new CallTally());
    }

    /**
     * Makes an empty counter that holds what this window says.
     *
     * @param rules what will be asked of the counter
     * @param now the current {@link io.breaker.time.Ticker#nanos()}
     * @param tally counts each recorded call, too; several counters may share one
     * @return a new counter
     */
    WindowCounter newCounter(WindowRules rules, long now, CallTally tally);

    /**
     * Tells the largest number of calls the window can hold.
     *
     * @return the size of a count window; {@link Long#MAX_VALUE} for a time window
     */
    long capacity();

    /**
     * Tells whether the counter needs the time of each call.
     *
     * @return true for a time window
     */
    boolean readsClock();
}
