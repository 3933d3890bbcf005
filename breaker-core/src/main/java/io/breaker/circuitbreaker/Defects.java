package io.breaker.circuitbreaker;

import io.breaker.expression.Expression;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs what a user's own tracker, tripper, permit or cooldown threw: once for each expression, because a defect on the
 * call path would otherwise fill the log at the rate of the calls.
 */
final class Defects {

    private static final Logger LOGGER = System.getLogger(CircuitBreaker.class.getName());

    private final String breaker;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    Defects(String breaker) {
        this.breaker = breaker;
    }

    /** Logs that {@code what} threw, and what is done instead. */
    void log(String what, Expression expression, String instead, Throwable thrown) {
        log(what, textOf(expression), instead, thrown);
    }

    /** Logs that {@code what} threw, and what is done instead. */
    void log(String what, String text, String instead, Throwable thrown) {
        if (logged.add(what + ' ' + text)) {
            LOGGER.log(
                    Level.ERROR,
                    () -> "circuit breaker '" + breaker + "': the " + what + " '" + text + "' threw; " + instead
                            + " (logged once)",
                    thrown);
        }
    }

    /** What throws may well throw when it is to print itself, too. */
    private static String textOf(Expression expression) {
        try {
            return expression.text();
        } catch (Throwable thrown) {
            return "custom";
        }
    }
}
