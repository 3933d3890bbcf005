package io.breaker.circuitbreaker;

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
    void log(String what, String expression, String instead, Throwable thrown) {
        if (logged.add(what + ' ' + expression)) {
            LOGGER.log(
                    Level.ERROR,
                    () -> "circuit breaker '" + breaker + "': the " + what + " '" + expression + "' threw; " + instead
                            + " (logged once)",
                    thrown);
        }
    }
}
