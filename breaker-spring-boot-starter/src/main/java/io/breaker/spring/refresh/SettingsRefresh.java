package io.breaker.spring.refresh;

import io.breaker.policy.Causes;
import io.breaker.spring.diagnostics.StartupFailures;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.Refreshed;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.env.Environment;

/**
 * Reads the properties under {@code breaker} anew while the application runs, and reconfigures the breakers whose
 * settings have changed, with the policies beside them. All or nothing: if one setting is wrong, none changes, and one
 * error in the log says what the application would have said at its start. Safe for concurrent use.
 */
public final class SettingsRefresh {

    private static final Log LOGGER = LogFactory.getLog(SettingsRefresh.class);
    private static final String NOTHING_CHANGES = "The settings of circuit breakers stay as they are";

    /*
     * Invariants
     *
     * - `asked` counts who has asked since the properties were last known to be read in time for all of them; 0 while
     *   nobody reads. Who turns it from 0 to 1 reads, and goes on until nobody has asked meanwhile. So one thread at a time
     *   reads, nobody waits, a listener that asks again does not run into itself, and what is read last counts last.
     */
    private final AtomicInteger asked = new AtomicInteger();

    private final Breakers breakers;
    private final Environment environment;
    private final StartupFailures failures;

    /**
     * Makes a refresh.
     *
     * @param breakers what to reconfigure
     * @param environment has the properties
     * @param failures puts into words what is wrong with them
     */
    public SettingsRefresh(Breakers breakers, Environment environment, StartupFailures failures) {
        this.breakers = breakers;
        this.environment = environment;
        this.failures = failures;
    }

    /**
     * Reads the properties anew. Where another thread is just doing that, it does so once more, and this one goes on.
     */
    public void refresh() {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        int answered;
        do {
            answered = asked.get();
            read();
        } while (!asked.compareAndSet(answered, 0));
    }

    private void read() {
        try {
            log(breakers.refresh(environment));
        } catch (Throwable wrong) {
            // Also an Error: whoever asks next must find nobody at it.
            explained(wrong)
                    .ifPresentOrElse(
                            text -> LOGGER.error(NOTHING_CHANGES + ": " + text),
                            () -> LOGGER.error(NOTHING_CHANGES, wrong));
        }
    }

    /** An analyzer of the application's may throw: then the failure speaks for itself. */
    private Optional<String> explained(Throwable wrong) {
        try {
            return failures.explain(wrong);
        } catch (Throwable unexplained) {
            Causes.suppress(wrong, unexplained);
            return Optional.empty();
        }
    }

    private static void log(Refreshed refreshed) {
        if (!refreshed.breakers().isEmpty()) {
            LOGGER.info("Circuit breakers have new settings: " + String.join(", ", refreshed.breakers()));
        }
        if (!refreshed.untilRestart().isEmpty()) {
            LOGGER.warn("These properties have changed, but count from the next start on: "
                    + String.join(", ", refreshed.untilRestart()));
        }
    }
}
