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
 * read themselves, and add nothing to a call, unless a histogram is asked for. Safe for concurrent use.
 */
public final class CircuitBreakerMetrics implements MeterBinder, AutoCloseable {

    private final CircuitBreakerRegistry registry;
    private final Breakers breakers;
    private final boolean histogram;
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();

    /**
     * Makes a binder whose meters add nothing to a call.
     *
     * @param registry the breakers
     * @param breakers knows what stands beside them
     */
    public CircuitBreakerMetrics(CircuitBreakerRegistry registry, Breakers breakers) {
        this(registry, breakers, /* histogram= */ false);
    }

    /**
     * Makes a binder.
     *
     * @param registry the breakers
     * @param breakers knows what stands beside them
     * @param histogram whether response times are a timer with the distribution settings of the application, which is
     *     told of each call
     */
    public CircuitBreakerMetrics(CircuitBreakerRegistry registry, Breakers breakers, boolean histogram) {
        this.registry = registry;
        this.breakers = breakers;
        this.histogram = histogram;
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
        CallMeters calls = new CallMeters(meters);
        PolicyMeters policies = new PolicyMeters(meters, breakers);
        StateMeters states = new StateMeters(meters);
        SlowMeters slow = new SlowMeters(meters);
        calls.register();
        if (histogram) {
            registrations.addAll(calls.registerHistograms());
        } else {
            calls.registerTimes();
        }
        policies.register();
        states.register();
        // Listens before it looks: what happens in between is then met twice, and registered once.
        registrations.add(breaker.onEvent(StateChanged.class, change -> {
            states.registerNewChanges();
            slow.registerNewThresholds();
        }));
        registrations.add(breaker.onEvent(Reconfigured.class, change -> {
            slow.registerNewThresholds();
            policies.registerNewBulkhead();
        }));
        states.registerNewChanges();
        slow.registerNewThresholds();
        policies.registerNewBulkhead();
    }
}
