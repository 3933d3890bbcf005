package io.breaker.spring.actuate.endpoint;

import java.util.Set;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * What {@link BreakersEndpoint} does differently over HTTP: the same as the endpoint under its own id.
 *
 * <p>Safe for concurrent use.
 */
@EndpointWebExtension(endpoint = BreakersEndpoint.class)
public final class BreakersEndpointWebExtension extends CircuitBreakersEndpointWebExtension {

    /**
     * Makes the extension.
     *
     * @param endpoint what to extend
     * @param showValues whether messages of exceptions are shown
     * @param roles who is authorized to see them, where {@code showValues} asks for that; empty for everybody who
     *     logged in
     */
    public BreakersEndpointWebExtension(BreakersEndpoint endpoint, Show showValues, Set<String> roles) {
        super(endpoint, showValues, roles);
    }
}
