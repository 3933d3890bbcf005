package io.breaker.spring.http;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/**
 * Guards {@code WebClient}s as {@code breaker.http.clients.<name>} says. Safe for concurrent use.
 *
 * <pre>{@code
 * WebClient client = builder.filter(webClientBreakers.filter("payments")).build();
 * }</pre>
 */
public final class WebClientBreakers {

    private final HttpClientBreakers clients;
    private final @Nullable CircuitBreakerExchangeFilter byHost;

    /**
     * Takes what is said of HTTP clients.
     *
     * @param clients knows it
     */
    public WebClientBreakers(HttpClientBreakers clients) {
        this.clients = clients;
        this.byHost =
                clients.guardsByHost().map(CircuitBreakerExchangeFilter::new).orElse(null);
    }

    /**
     * Guards the calls of a {@code WebClient}.
     *
     * @param client the name of the client; where no property speaks of it, also the name of its breaker
     * @return a filter for it
     * @throws IllegalArgumentException if the name cannot be that of a breaker
     */
    public CircuitBreakerExchangeFilter filter(String client) {
        return new CircuitBreakerExchangeFilter(clients.guards(client));
    }

    /**
     * Gives what guards the calls of all clients to the hosts that properties name.
     *
     * @return the same filter each time; empty where no property names a host
     */
    public Optional<CircuitBreakerExchangeFilter> filterByHost() {
        return Optional.ofNullable(byHost);
    }

    /**
     * Guards the client of an HTTP service group: by the name of the group where a property speaks of that, else by host.
     *
     * @param group the name of the group
     * @param filters those of the client, to be changed
     */
    public void guardGroup(String group, List<ExchangeFilterFunction> filters) {
        filters.removeIf(filter -> filter == byHost);
        if (clients.isConfigured(group)) {
            filters.add(filter(group));
        } else {
            filterByHost().ifPresent(filters::add);
        }
    }
}
