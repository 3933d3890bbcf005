package io.breaker.spring.http;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.spring.registry.BreakerNames;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The breakers of a client that has one for each host. Whoever can choose the hosts that are called could make breakers
 * without end: so the first hosts have their own, and all others share the breaker of the client's name.
 */
final class HostBreakers implements Function<URI, @Nullable CircuitBreaker> {

    private static final Log LOGGER = LogFactory.getLog(HostBreakers.class);

    /*
     * Invariants
     *
     * - A host is put into `nameByHost` once, under the lock, and never removed; there are never more than `maxHosts`.
     * - `full` goes from false to true once, under the lock: who turns it says so in the log.
     */
    private final ConcurrentMap<String, String> nameByHost = new ConcurrentHashMap<>();

    private final ReentrantLock adding = new ReentrantLock();
    private volatile boolean full;
    private final int maxHosts;
    private final String family;
    private final Function<String, @Nullable CircuitBreaker> breakers;

    /** Gives the breakers that {@code breakers} knows by name: null for one that is not enabled. */
    HostBreakers(String family, int maxHosts, Function<String, @Nullable CircuitBreaker> breakers) {
        this.family = family;
        this.maxHosts = maxHosts;
        this.breakers = breakers;
    }

    @Override
    public @Nullable CircuitBreaker apply(URI target) {
        String host = HostPattern.hostAndPort(target);
        String known = nameByHost.get(host);
        return breakers.apply(known != null ? known : nameOf(host));
    }

    private String nameOf(String host) {
        if (full || host.isEmpty()) {
            return family;
        }
        adding.lock();
        try {
            if (nameByHost.size() < maxHosts || nameByHost.containsKey(host)) {
                return nameByHost.computeIfAbsent(host, added -> BreakerNames.member(family, added));
            }
            if (!full) {
                full = true;
                LOGGER.warn("circuit breakers per host: " + maxHosts + " hosts have one; all others share '" + family
                        + "' (logged once)");
            }
            return family;
        } finally {
            adding.unlock();
        }
    }
}
