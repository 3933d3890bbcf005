package io.breaker.spring.event;

import io.breaker.circuitbreaker.CircuitBreakerEvent;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Reconfigured;
import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.circuitbreaker.CircuitBreakerEvent.WouldOpen;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.event.Registration;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Publishes what happens to circuit breakers, present and future, as events of the application: {@link StateChanged},
 * {@link WouldOpen} and {@link Reconfigured}. They are rare. What happens to single calls is not published: who wants to
 * know that listens to the breaker.
 *
 * <p>Listeners are told on the thread that caused the event. What one throws is logged and disturbs neither the call nor
 * the breaker. Safe for concurrent use.
 */
public final class BreakerEventPublisher implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final List<Registration> registrations;

    /**
     * Starts listening to all breakers.
     *
     * @param registry the breakers
     * @param context where the events are published
     */
    public BreakerEventPublisher(CircuitBreakerRegistry registry, ConfigurableApplicationContext context) {
        this.context = context;
        this.registrations = List.of(
                registry.onEvent(StateChanged.class, this::publish),
                registry.onEvent(WouldOpen.class, this::publish),
                registry.onEvent(Reconfigured.class, this::publish));
    }

    /** Stops listening. */
    @Override
    public void close() {
        registrations.forEach(Registration::close);
    }

    private void publish(CircuitBreakerEvent event) {
        // An application that is being closed makes no listeners any more.
        if (context.isActive()) {
            context.publishEvent(event);
        }
    }
}
