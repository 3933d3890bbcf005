package io.breaker.spring.logging;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.circuitbreaker.CircuitBreakerEvent.WouldOpen;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.event.Registration;
import io.breaker.expression.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes one line for each change of state to the logger {@code io.breaker.<name of the breaker>}: a warning when calls
 * are kept out from then on, else an information. A rejected call has no line. In METRICS_ONLY, that the circuit would
 * have opened is a warning too, once a minute at most. Safe for concurrent use.
 */
public final class TransitionLogger implements AutoCloseable {

    private static final String LOGGER_PREFIX = "io.breaker.";

    /** A reason given over HTTP must not be able to begin a line of its own. */
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}+");

    /** Near a threshold, a breaker in METRICS_ONLY may find with every other call that it would have opened. */
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    private final CircuitBreakerRegistry registry;
    private final List<Registration> registrations;
    /** When it was last said of a breaker that it would have opened. */
    private final ConcurrentMap<String, Instant> warned = new ConcurrentHashMap<>();

    /**
     * Starts listening to all breakers, present and future.
     *
     * @param registry the breakers
     */
    public TransitionLogger(CircuitBreakerRegistry registry) {
        this.registry = registry;
        this.registrations =
                List.of(registry.onEvent(StateChanged.class, this::log), registry.onEvent(WouldOpen.class, this::log));
    }

    /** Stops listening. */
    @Override
    public void close() {
        registrations.forEach(Registration::close);
    }

    private void log(StateChanged event) {
        Log logger = LogFactory.getLog(LOGGER_PREFIX + event.name());
        if (event.to() == CircuitState.OPEN || event.to() == CircuitState.FORCED_OPEN) {
            if (logger.isWarnEnabled()) {
                logger.warn(lineOf(event));
            }
        } else if (logger.isInfoEnabled()) {
            logger.info(lineOf(event));
        }
    }

    private void log(WouldOpen event) {
        if (mayWarn(event)) {
            LogFactory.getLog(LOGGER_PREFIX + event.name())
                    .warn("Circuit breaker '" + event.name() + "' would have opened, but is in METRICS_ONLY: "
                            + oneLine(event.reason()));
        }
    }

    private boolean mayWarn(WouldOpen event) {
        Instant last = warned.get(event.name());
        if (last == null) {
            return warned.putIfAbsent(event.name(), event.at()) == null;
        }
        return Duration.between(last, event.at()).compareTo(BETWEEN_WARNINGS) >= 0
                && warned.replace(event.name(), last, event.at());
    }

    private String lineOf(StateChanged event) {
        return "Circuit breaker '%s' went from %s to %s%s (by %s): %s"
                .formatted(
                        event.name(),
                        event.from(),
                        event.to(),
                        event.to() == CircuitState.OPEN ? cooldownOf(event.name()) : "",
                        oneLine(event.by()),
                        oneLine(event.reason()));
    }

    /** Says how long OPEN lasts, unless the breaker has left it already. */
    private String cooldownOf(String name) {
        return registry.find(name)
                .map(CircuitBreaker::snapshot)
                .filter(snapshot -> snapshot.state() == CircuitState.OPEN)
                .map(open -> open.retryAfter().map(TransitionLogger::forTheRest).orElse(" without an end"))
                .orElse("");
    }

    /** The event comes a moment after the change: what is left is a little less than what was drawn. */
    private static String forTheRest(Duration left) {
        long millis = left.plusNanos(NANOS_PER_MILLI - 1).toMillis();
        Duration cooldown =
                Duration.ofMillis(BigDecimal.valueOf(millis).round(TWO_DIGITS).longValueExact());
        return " for about " + Durations.format(cooldown);
    }

    private static String oneLine(String text) {
        return CONTROL_CHARACTERS.matcher(text).replaceAll(" ");
    }
}
