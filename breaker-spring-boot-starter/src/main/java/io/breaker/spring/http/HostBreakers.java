package io.breaker.spring.http;

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
final class HostBreakers implements HttpGuards {

    private static final Log LOGGER = LogFactory.getLog(HostBreakers.class);

    /*
     * Invariants
     *
     * - A host is put into `nameByHost` once, under the lock, and never removed; there are never more than `maxHosts`.
     * - The guard of a breaker is put into `guards` once and never removed. It is not made inside the map: that makes
     *   breakers, and whoever listens to that may call another host.
     * - `full` goes from false to true once, under the lock: who turns it says so in the log.
     */
    private final ConcurrentMap<String, String> nameByHost = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, HttpGuard> guards = new ConcurrentHashMap<>();
    private final ReentrantLock adding = new ReentrantLock();
    private volatile boolean full;
    private final int maxHosts;
    private final String family;
    private final Function<String, @Nullable HttpGuard> maker;

    /** Gives what {@code maker} makes of the name of a breaker: null for one that is not enabled. */
    HostBreakers(String family, int maxHosts, Function<String, @Nullable HttpGuard> maker) {
        this.family = family;
        this.maxHosts = maxHosts;
        this.maker = maker;
    }

    @Override
    public @Nullable HttpGuard of(URI target) {
        String host = HostPattern.hostAndPort(target);
        String known = nameByHost.get(host);
        return guard(known != null ? known : nameOf(host));
    }

    private @Nullable HttpGuard guard(String name) {
        HttpGuard known = guards.get(name);
        if (known != null) {
            return known;
        }
        HttpGuard made = maker.apply(name);
        HttpGuard earlier = made != null ? guards.putIfAbsent(name, made) : null;
        return earlier != null ? earlier : made;
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
