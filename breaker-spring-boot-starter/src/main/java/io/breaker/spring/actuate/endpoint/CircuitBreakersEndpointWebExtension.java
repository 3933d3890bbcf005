package io.breaker.spring.actuate.endpoint;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * What the endpoint does differently over HTTP: it answers 404 for an unknown name, and knows who asks.
 *
 * <p>Safe for concurrent use.
 */
@EndpointWebExtension(endpoint = CircuitBreakersEndpoint.class)
public sealed class CircuitBreakersEndpointWebExtension permits BreakersEndpointWebExtension {

    private final CircuitBreakersEndpoint endpoint;
    private final Show showValues;
    private final Set<String> roles;

    /**
     * Makes the extension.
     *
     * @param endpoint what to extend
     * @param showValues whether messages of exceptions are shown
     * @param roles who is authorized to see them, where {@code showValues} asks for that; empty for everybody who
     *     logged in
     */
    public CircuitBreakersEndpointWebExtension(CircuitBreakersEndpoint endpoint, Show showValues, Set<String> roles) {
        this.endpoint = endpoint;
        this.showValues = showValues;
        this.roles = Set.copyOf(roles);
    }

    /**
     * Shows one breaker.
     *
     * @param user who asks
     * @param name the name of the breaker
     * @return the breaker with its settings and transitions; 404 for an unknown name
     */
    @ReadOperation
    public WebEndpointResponse<CircuitBreakerDetailsDescriptor> circuitBreaker(
            SecurityContext user, @Selector String name) {
        return responseOf(endpoint.details(name, maySeeMessages(user)));
    }

    /**
     * Shows what happened at one breaker.
     *
     * @param user who asks
     * @param name the name of the breaker
     * @param section {@code events}; anything else is answered with 400
     * @param limit how many calls and how many transitions at most, at least 1; null for all that are kept
     * @return its last calls and transitions; 404 for an unknown name
     */
    @ReadOperation
    public WebEndpointResponse<CircuitBreakerEventsDescriptor> circuitBreakerEvents(
            SecurityContext user, @Selector String name, @Selector String section, @Nullable Integer limit) {
        return responseOf(endpoint.events(name, section, limit, maySeeMessages(user)));
    }

    /**
     * Puts one breaker into a state, in the name of who asks.
     *
     * @param user who asks
     * @param name the name of the breaker
     * @param state {@code closed}, {@code metrics-only}, {@code disabled} or {@code forced-open}
     * @param reason why, as it is to stand in the list of transitions; null for no particular reason
     * @param expiresIn after what time the breaker returns to its initial state, such as {@code 10m}; null for never
     * @return the breaker as it then is; 404 for an unknown name
     */
    @WriteOperation
    public WebEndpointResponse<CircuitBreakerDetailsDescriptor> changeState(
            SecurityContext user,
            @Selector String name,
            String state,
            @Nullable String reason,
            @Nullable String expiresIn) {
        StateCommand command = new StateCommand(state, reason, expiresIn);
        return responseOf(endpoint.command(name, command, nameOf(user), maySeeMessages(user)));
    }

    private boolean maySeeMessages(SecurityContext user) {
        return showValues.isShown(user, roles);
    }

    private static String nameOf(SecurityContext user) {
        Principal principal = user.getPrincipal();
        return principal == null ? CircuitBreakersEndpoint.UNKNOWN_USER : principal.getName();
    }

    private static <T> WebEndpointResponse<T> responseOf(Optional<T> body) {
        return body.map(WebEndpointResponse::new)
                .orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
    }
}
