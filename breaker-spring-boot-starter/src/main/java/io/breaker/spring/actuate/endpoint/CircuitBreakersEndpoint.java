package io.breaker.spring.actuate.endpoint;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.LivePipeline;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows the circuit breakers of the application, and puts them into states by hand. It never makes a breaker: a name
 * that nobody registered stays unknown.
 *
 * <p>Read-only unless {@code management.endpoint.circuitbreakers.access} says otherwise. Safe for concurrent use.
 *
 * @see CircuitBreakersEndpointWebExtension
 */
@Endpoint(id = "circuitbreakers", defaultAccess = Access.READ_ONLY)
public sealed class CircuitBreakersEndpoint permits BreakersEndpoint {

    /** Who gave a command when it is not known who did. */
    static final String UNKNOWN_USER = "actuator";

    private final CircuitBreakerRegistry registry;
    private final Breakers breakers;
    private final CircuitBreakerEventLog eventLog;
    private final boolean showMessages;

    /**
     * Makes the endpoint.
     *
     * @param registry the breakers to show
     * @param breakers what they are made of
     * @param eventLog their last calls
     * @param showValues whether messages of exceptions are shown; where nobody can log in, as over JMX,
     *     {@code WHEN_AUTHORIZED} means never
     */
    public CircuitBreakersEndpoint(
            CircuitBreakerRegistry registry, Breakers breakers, CircuitBreakerEventLog eventLog, Show showValues) {
        this.registry = registry;
        this.breakers = breakers;
        this.eventLog = eventLog;
        this.showMessages = showValues.isShown(SecurityContext.NONE, Set.of());
    }

    /**
     * Shows all breakers.
     *
     * @return a summary and the breakers, worst first
     */
    @ReadOperation
    public CircuitBreakersDescriptor circuitBreakers() {
        return CircuitBreakersDescriptor.of(
                registry.all().stream().map(this::describe).toList());
    }

    /**
     * Shows one breaker.
     *
     * @param name the name of the breaker
     * @return the breaker with its settings and transitions; null for an unknown name
     */
    @ReadOperation
    public @Nullable CircuitBreakerDetailsDescriptor circuitBreaker(@Selector String name) {
        return details(name, showMessages).orElse(null);
    }

    /**
     * Shows what happened at one breaker.
     *
     * @param name the name of the breaker
     * @param section {@code events}
     * @param limit how many calls and how many transitions at most, at least 1; null for all that are kept
     * @return its last calls and transitions; null for an unknown name
     * @throws InvalidEndpointRequestException for any other section, and for a limit below 1
     */
    @ReadOperation
    public @Nullable CircuitBreakerEventsDescriptor circuitBreakerEvents(
            @Selector String name, @Selector String section, @Nullable Integer limit) {
        return events(name, section, limit, showMessages).orElse(null);
    }

    /**
     * Puts one breaker into a state.
     *
     * @param name the name of the breaker
     * @param state {@code closed}, {@code metrics-only}, {@code disabled} or {@code forced-open}
     * @param reason why, as it is to stand in the list of transitions; null for no particular reason
     * @param expiresIn after what time the breaker returns to its initial state, such as {@code 10m}; null for never
     * @return the breaker as it then is; null for an unknown name
     * @throws InvalidEndpointRequestException for any other state, for what is no duration above zero, and for an end
     *     given with {@code closed}
     */
    @WriteOperation
    public @Nullable CircuitBreakerDetailsDescriptor changeState(
            @Selector String name, String state, @Nullable String reason, @Nullable String expiresIn) {
        return command(name, new StateCommand(state, reason, expiresIn), UNKNOWN_USER, showMessages)
                .orElse(null);
    }

    /** Shows one breaker, the message of its last failure only if asked to. */
    Optional<CircuitBreakerDetailsDescriptor> details(String name, boolean withMessages) {
        return registry.find(name).map(breaker -> detailsOf(breaker, withMessages));
    }

    /** Shows what happened at one breaker, messages of exceptions only if asked to. */
    Optional<CircuitBreakerEventsDescriptor> events(
            String name, String section, @Nullable Integer limit, boolean withMessages) {
        if (!section.equals("events")) {
            throw invalid("only events can be read: " + section);
        }
        if (limit != null && limit < 1) {
            throw invalid("limit must be at least 1: " + limit);
        }
        return registry.find(name)
                .map(breaker -> CircuitBreakerEventsDescriptor.of(
                        breaker, eventLog.calls(name), limit == null ? Integer.MAX_VALUE : limit, withMessages));
    }

    /** Puts one breaker into a state, on behalf of somebody. */
    Optional<CircuitBreakerDetailsDescriptor> command(
            String name, StateCommand command, String by, boolean withMessages) {
        return registry.find(name).map(breaker -> {
            breaker.override(command.givenBy(by));
            return detailsOf(breaker, withMessages);
        });
    }

    private CircuitBreakerDescriptor describe(CircuitBreaker breaker) {
        return CircuitBreakerDescriptor.of(breaker, breakers.totals(breaker.name()));
    }

    private CircuitBreakerDetailsDescriptor detailsOf(CircuitBreaker breaker, boolean withMessages) {
        return CircuitBreakerDetailsDescriptor.of(
                describe(breaker),
                breakers.describe(breaker.name()),
                eventLog.lastFailure(breaker.name()).map(call -> call.shown(withMessages)),
                breaker.history().transitions(),
                breakers.findPipeline(breaker.name()).flatMap(LivePipeline::bulkhead));
    }

    private static InvalidEndpointRequestException invalid(String fault) {
        return new InvalidEndpointRequestException(fault, fault);
    }
}
