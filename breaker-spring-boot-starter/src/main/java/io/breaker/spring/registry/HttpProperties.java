package io.breaker.spring.registry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls of HTTP clients are guarded. Immutable.
 *
 * @param clients HTTP clients by name. That of an HTTP service group, or one that code or hosts refer to.
 */
public record HttpProperties(@DefaultValue Map<String, Client> clients) {

    /**
     * How the calls of one HTTP client are guarded. Immutable.
     *
     * @param breaker Name of the circuit breaker and of the policies beside it. Without it, that of the client.
     * @param perHost Whether each host has a circuit breaker of its own, named such as payments@example.com.
     * @param maxHosts Number of hosts that have their own circuit breaker. All others share one.
     * @param failures Statuses that are failures, such as 5xx or 429.
     * @param hosts Hosts whose calls are guarded whichever client makes them, such as example.com or *.example.com.
     */
    public record Client(
            @Nullable String breaker,
            boolean perHost,
            @DefaultValue("100") int maxHosts,
            @DefaultValue({"5xx", "429"}) List<String> failures,
            @DefaultValue List<String> hosts) {}
}
