package io.breaker.spring.http;

import io.breaker.spring.http.HostRules.HostRule;
import io.breaker.spring.registry.BreakerConfigurationException;
import io.breaker.spring.registry.BreakerProperties;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.LivePipeline;
import io.breaker.spring.registry.PropertyOrigins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestInterceptor;

/**
 * Guards HTTP clients as {@code breaker.http.clients.<name>} says. Safe for concurrent use.
 *
 * <pre>{@code
 * RestClient client = builder.requestInterceptor(httpClientBreakers.interceptor("payments")).build();
 * }</pre>
 *
 * <p>Around a call stands the whole pipeline of its breaker's name: the retry, the bulkhead and the timeout too. Clients of
 * one name share their breakers. Those of breakers that are not enabled are not guarded.
 */
public final class HttpClientBreakers {

    private final Breakers breakers;
    private final boolean enabled;
    private final Map<String, ClientRule> rules;
    private final ConcurrentMap<String, HttpGuards> guardsByClient = new ConcurrentHashMap<>();
    /** What guards the calls of all clients to the hosts that a property names; null where none does. */
    private final @Nullable HostRules hostRules;

    private final @Nullable CircuitBreakerHttpInterceptor byHost;

    private HttpClientBreakers(Breakers breakers, boolean enabled, Map<String, ClientRule> rules) {
        this.breakers = breakers;
        this.enabled = enabled;
        this.rules = rules;
        List<HostRule> found = new ArrayList<>();
        rules.forEach((client, rule) -> rule.hosts().forEach(hosts -> found.add(new HostRule(hosts, guards(client)))));
        this.hostRules = found.isEmpty() ? null : new HostRules(found);
        this.byHost = hostRules != null ? new CircuitBreakerHttpInterceptor(hostRules) : null;
    }

    /**
     * Reads the properties. Makes the breakers of clients whose hosts are named; those of others when the client is made.
     *
     * @param breakers where the breakers are
     * @param properties the properties
     * @param origins knows where they stand
     * @return guards by them
     * @throws BreakerConfigurationException if one is wrong
     */
    public static HttpClientBreakers of(Breakers breakers, BreakerProperties properties, PropertyOrigins origins) {
        Map<String, ClientRule> rules = new LinkedHashMap<>();
        properties
                .http()
                .clients()
                .forEach((client, settings) -> rules.put(client, ClientRule.of(client, settings, origins)));
        requireOneClientForEachHost(rules, origins);
        return new HttpClientBreakers(breakers, properties.enabled(), rules);
    }

    private static void requireOneClientForEachHost(Map<String, ClientRule> rules, PropertyOrigins origins) {
        Map<HostPattern, String> clients = new HashMap<>();
        rules.forEach((client, rule) -> rule.hosts().forEach(hosts -> {
            String other = clients.putIfAbsent(hosts, client);
            if (other != null) {
                throw BreakerConfigurationException.of(
                        origins.subjectOfHttpClient(client, "hosts"),
                        "'" + hosts.text() + "' stands at the client '" + other + "' already",
                        "Name it once.");
            }
        }));
    }

    /**
     * Guards the calls of a {@code RestClient} or {@code RestTemplate}.
     *
     * @param client the name of the client; where no property speaks of it, also the name of its breaker
     * @return an interceptor for it
     * @throws IllegalArgumentException if the name cannot be that of a breaker
     */
    public CircuitBreakerHttpInterceptor interceptor(String client) {
        return new CircuitBreakerHttpInterceptor(guards(client));
    }

    /**
     * Gives what guards the calls of all clients to the hosts that properties name.
     *
     * @return the same interceptor each time; empty where no property names a host
     */
    public Optional<CircuitBreakerHttpInterceptor> interceptorByHost() {
        return Optional.ofNullable(byHost);
    }

    /**
     * Guards the client of an HTTP service group: by the name of the group where a property speaks of that, else by host.
     *
     * @param group the name of the group
     * @param interceptors those of the client, to be changed
     */
    public void guardGroup(String group, List<ClientHttpRequestInterceptor> interceptors) {
        interceptors.removeIf(interceptor -> interceptor == byHost);
        if (isConfigured(group)) {
            interceptors.add(interceptor(group));
        } else {
            interceptorByHost().ifPresent(interceptors::add);
        }
    }

    /** Names the clients that properties speak of and that nobody has asked for. */
    List<String> unasked() {
        return rules.keySet().stream()
                .filter(client -> !guardsByClient.containsKey(client))
                .toList();
    }

    boolean isConfigured(String client) {
        return rules.containsKey(client);
    }

    Optional<HttpGuards> guardsByHost() {
        return Optional.ofNullable(hostRules);
    }

    HttpGuards guards(String client) {
        HttpGuards known = guardsByClient.get(client);
        if (known != null) {
            return known;
        }
        // Not computed inside the map: it makes breakers, and whoever listens to that may ask for another client.
        Function<String, @Nullable LivePipeline> byName = this::find;
        ClientRule rule = rules.getOrDefault(client, ClientRule.of(client));
        HttpGuards made = rule.guards(byName);
        HttpGuards earlier = guardsByClient.putIfAbsent(client, made);
        return earlier != null ? earlier : made;
    }

    private @Nullable LivePipeline find(String name) {
        return enabled && breakers.enabled(name) ? breakers.livePipeline(name) : null;
    }
}
