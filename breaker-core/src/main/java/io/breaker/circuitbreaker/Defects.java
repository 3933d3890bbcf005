package io.breaker.circuitbreaker;

import io.breaker.expression.Expression;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Logs what a user's own tracker, tripper, permit or cooldown threw: once for each expression, because a defect on the
 * call path would otherwise fill the log at the rate of the calls.
 */
final class Defects {

    private static final Logger LOGGER = System.getLogger(CircuitBreaker.class.getName());

    @SuppressWarnings("rawtypes") // A class literal has no type arguments.
    private static final AtomicReferenceFieldUpdater<Defects, Set> LOGGED =
            AtomicReferenceFieldUpdater.newUpdater(Defects.class, Set.class, "logged");

    private final String breaker;
    /** What was logged; null until there is something, which for most breakers is never. Set once. */
    private volatile @Nullable Set<String> logged;

    Defects(String breaker) {
        this.breaker = breaker;
    }

    /** Logs that {@code what} threw, and what is done instead. */
    void log(String what, Expression expression, String instead, Throwable thrown) {
        log(what, textOf(expression), instead, thrown);
    }

    /** Logs that {@code what} threw, and what is done instead. */
    void log(String what, String text, String instead, Throwable thrown) {
        if (isFirst(what + ' ' + text)) {
            LOGGER.log(
                    Level.ERROR,
                    () -> "circuit breaker '" + breaker + "': the " + what + " '" + text + "' threw; " + instead
                            + " (logged once)",
                    thrown);
        }
    }

    private boolean isFirst(String defect) {
        if (logged == null) {
            LOGGED.compareAndSet(this, null, ConcurrentHashMap.newKeySet());
        }
        Set<String> all = logged;
        return all != null && all.add(defect);
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
