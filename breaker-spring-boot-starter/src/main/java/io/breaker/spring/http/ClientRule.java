package io.breaker.spring.http;

import io.breaker.spring.registry.BreakerConfigurationException;
import io.breaker.spring.registry.BreakerNames;
import io.breaker.spring.registry.HttpProperties.Client;
import io.breaker.spring.registry.LivePipeline;
import io.breaker.spring.registry.PropertyOrigins;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of one HTTP client are guarded.
 *
 * @param breaker the name of the breaker, or of the family of breakers of its hosts
 * @param perHost whether each host has its own
 * @param maxHosts how many hosts have their own
 * @param failures the statuses that are failures
 * @param hosts whose calls are guarded whichever client makes them
 */
record ClientRule(String breaker, boolean perHost, int maxHosts, FailureStatuses failures, List<HostPattern> hosts) {

    private static final int DEFAULT_MAX_HOSTS = 100;

    /** Makes the rule of a client that no property speaks of. */
    static ClientRule of(String client) {
        return new ClientRule(client, /* perHost= */ false, DEFAULT_MAX_HOSTS, FailureStatuses.DEFAULT, List.of());
    }

    /**
     * Reads the rule of a client.
     *
     * @throws BreakerConfigurationException if a property is wrong
     */
    static ClientRule of(String client, Client properties, PropertyOrigins origins) {
        String breaker = properties.breaker() != null ? properties.breaker() : client;
        BreakerNames.check(
                breaker,
                (problem, action) -> BreakerConfigurationException.of(
                        origins.subjectOfHttpClient(client, "breaker"), problem, action));
        int maxHosts =
                read(client, "max-hosts", "a number from 1 on", origins, () -> atLeastOne(properties.maxHosts()));
        FailureStatuses failures = read(
                client,
                "failures",
                "statuses such as 5xx, 429",
                origins,
                () -> FailureStatuses.of(properties.failures().toArray(String[]::new)));
        List<HostPattern> hosts = read(
                client,
                "hosts",
                "hosts such as example.com, *.example.com",
                origins,
                () -> properties.hosts().stream().map(HostPattern::parse).toList());
        return new ClientRule(breaker, properties.perHost(), maxHosts, failures, hosts);
    }

    private static <T> T read(String client, String key, String example, PropertyOrigins origins, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException refusal) {
            throw BreakerConfigurationException.of(
                    origins.subjectOfHttpClient(client, key),
                    String.valueOf(refusal.getMessage()),
                    "Write " + example + ".",
                    refusal);
        }
    }

    private static int atLeastOne(int maxHosts) {
        if (maxHosts < 1) {
            throw new IllegalArgumentException("max-hosts must be at least 1: " + maxHosts);
        }
        return maxHosts;
    }

    /**
     * Makes what the rule says.
     *
     * @param pipelines gives what the calls of a name go through; null for one that is not enabled
     */
    HttpGuards guards(Function<String, @Nullable LivePipeline> pipelines) {
        Function<String, @Nullable HttpGuard> maker = name -> {
            LivePipeline pipeline = pipelines.apply(name);
            return pipeline != null ? new HttpGuard(pipeline::passage, failures) : null;
        };
        if (perHost) {
            return new HostBreakers(breaker, maxHosts, maker);
        }
        HttpGuard guard = maker.apply(breaker);
        return target -> guard;
    }
}
