package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Logs one line for each breaker once the application is set up, and one for each that is made later. */
public final class StartupReport implements SmartInitializingSingleton {

    private static final Log LOGGER = LogFactory.getLog(StartupReport.class);

    private final CircuitBreakerRegistry registry;
    private final Breakers breakers;

    /**
     * Makes a report.
     *
     * @param registry knows which breakers there are
     * @param breakers knows what they are made of
     */
    public StartupReport(CircuitBreakerRegistry registry, Breakers breakers) {
        this.registry = registry;
        this.breakers = breakers;
    }

    @Override
    public void afterSingletonsInstantiated() {
        registry.forEach(this::log);
    }

    private void log(CircuitBreaker breaker) {
        breakers.doubts(breaker.name())
                .forEach(doubt -> LOGGER.warn("Circuit breaker '" + breaker.name() + "': " + doubt));
        if (LOGGER.isInfoEnabled()) {
            breakers.describe(breaker.name()).map(StartupReport::line).ifPresent(LOGGER::info);
        }
    }

    private static String line(BreakerDescription description) {
        Map<String, String> byOrigin = new LinkedHashMap<>();
        description
                .settings()
                .forEach((key, setting) -> byOrigin.merge(
                        setting.origin(), key + " = " + setting.text(), (one, other) -> one + ", " + other));
        // Last, because what was said by somebody is what a reader looks for.
        Optional.ofNullable(byOrigin.remove(Base.DEFAULT)).ifPresent(defaults -> byOrigin.put(Base.DEFAULT, defaults));
        String settings = byOrigin.entrySet().stream()
                .map(group -> group.getValue() + " [" + group.getKey() + "]")
                .collect(Collectors.joining("; "));
        return "Circuit breaker '" + description.name() + "'" + (description.enabled() ? "" : " (not enabled)")
                + " guards " + methods(description) + " with " + settings;
    }

    private static String methods(BreakerDescription description) {
        return description.methods().isEmpty()
                ? "no method"
                : description.methods().stream()
                        .map(method -> method + fallback(description, method))
                        .collect(Collectors.joining(", "));
    }

    private static String fallback(BreakerDescription description, String method) {
        String fallback = description.fallbackMethods().get(method);
        return fallback == null ? "" : " (fallback " + fallback + ")";
    }
}
