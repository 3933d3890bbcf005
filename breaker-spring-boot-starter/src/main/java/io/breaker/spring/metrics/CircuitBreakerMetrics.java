package io.breaker.spring.metrics;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Reconfigured;
import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.event.Registration;
import io.breaker.spring.registry.Breakers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Publishes every circuit breaker, present and future, as meters. They read the breaker's own counters when they are
 * read themselves, and add nothing to a call. Safe for concurrent use.
 */
public final class CircuitBreakerMetrics implements MeterBinder, AutoCloseable {

    private final CircuitBreakerRegistry registry;
    private final Breakers breakers;
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();

    /**
     * Makes a binder.
     *
     * @param registry the breakers
     * @param breakers counts the calls that fallbacks answered
     */
    public CircuitBreakerMetrics(CircuitBreakerRegistry registry, Breakers breakers) {
        this.registry = registry;
        this.breakers = breakers;
    }

    @Override
    public void bindTo(MeterRegistry meterRegistry) {
        registrations.add(registry.forEach(breaker -> bind(breaker, meterRegistry)));
    }

    /** Stops adding meters. Those that are there stay. */
    @Override
    public void close() {
        registrations.forEach(Registration::close);
    }

    private void bind(CircuitBreaker breaker, MeterRegistry meterRegistry) {
        BreakerMeters meters = new BreakerMeters(breaker, meterRegistry);
        CallMeters calls = new CallMeters(meters, breakers);
        StateMeters states = new StateMeters(meters);
        SlowMeters slow = new SlowMeters(meters);
        calls.register();
        states.register();
        // Listens before it looks: what happens in between is then met twice, and registered once.
        registrations.add(breaker.onEvent(StateChanged.class, change -> {
            states.registerNewChanges();
            slow.registerNewThresholds();
        }));
        registrations.add(breaker.onEvent(Reconfigured.class, change -> slow.registerNewThresholds()));
        states.registerNewChanges();
        slow.registerNewThresholds();
    }
}
