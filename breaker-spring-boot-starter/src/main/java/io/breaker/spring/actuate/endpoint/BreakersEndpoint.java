package io.breaker.spring.actuate.endpoint;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.registry.Breakers;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;

/**
 * The endpoint under another id, for applications in which Resilience4j has the id {@code circuitbreakers}: Spring Boot
 * refuses two endpoints of one id, and reads the id from the annotation alone.
 *
 * <p>Read-only unless {@code management.endpoint.breakers.access} says otherwise. Safe for concurrent use.
 *
 * @see BreakersEndpointWebExtension
 */
@Endpoint(id = "breakers", defaultAccess = Access.READ_ONLY)
public final class BreakersEndpoint extends CircuitBreakersEndpoint {

    /**
     * Makes the endpoint.
     *
     * @param registry the breakers to show
     * @param breakers what they are made of
     * @param eventLog their last calls
     * @param showValues whether messages of exceptions are shown; where nobody can log in, as over JMX,
     *     {@code WHEN_AUTHORIZED} means never
     */
    public BreakersEndpoint(
            CircuitBreakerRegistry registry, Breakers breakers, CircuitBreakerEventLog eventLog, Show showValues) {
        super(registry, breakers, eventLog, showValues);
    }
}
