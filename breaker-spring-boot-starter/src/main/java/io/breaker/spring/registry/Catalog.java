package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.StateOverride;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Holds the entry of each breaker, and has breaker and pipeline follow it. Safe for concurrent use. */
final class Catalog {

    /*
     * Invariants
     *
     * - A blueprint is worked out without the lock, because that makes beans and runs customizers. It is taken only if
     *   the entry and the drafts it started from are still the ones here.
     * - `drafts` and `entries` change under the lock. Every entry was made of the drafts that are here.
     * - An entry is put into the map before its breaker is registered, so whoever the registry tells of a new breaker
     *   can have it described. He is told without the lock: he may wait for a thread that asks for another breaker.
     * - A breaker and its bulkhead are reconfigured without the lock, because that tells listeners and starts calls that
     *   waited. Whoever does that looks afterwards whether the blueprint is still the one in the map, and if not, does it
     *   again: so the last blueprint is also the last to be followed.
     */
    private final ConcurrentMap<String, CatalogEntry> entries = new ConcurrentHashMap<>();

    private volatile BreakerDrafts drafts;
    private final ReentrantLock publishing = new ReentrantLock();
    private final CircuitBreakerRegistry registry;
    private final PolicyFactory policies;

    Catalog(CircuitBreakerRegistry registry, BreakerDrafts drafts, PolicyFactory policies) {
        this.registry = registry;
        this.drafts = drafts;
        this.policies = policies;
    }

    PropertyLayers properties() {
        return drafts.properties();
    }

    Optional<CatalogEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** Begins the entry of a breaker that is not in here. */
    CatalogEntry begin(String name) {
        return begin(name, drafts);
    }

    /** Works out the entry of a breaker that has no methods, and forgets it. */
    void rehearse(String name) {
        BreakerDrafts by = drafts;
        by.complete(name, by.begin(Base.DEFAULTS, new LivePipeline(name, null)), Optional.empty());
    }

    private CatalogEntry begin(String name, BreakerDrafts by) {
        Base base = registry.find(name).map(Base::of).orElse(Base.DEFAULTS);
        boolean passesThrough = by.properties().passesThrough(name);
        return by.begin(base, new LivePipeline(name, passesThrough ? null : policies));
    }

    /** Lets calls go through a pipeline whose breaker is being registered. */
    void open(LivePipeline pipeline, CircuitBreaker breaker) {
        publishing.lock();
        try {
            pipeline.open(breaker);
        } finally {
            publishing.unlock();
        }
    }

    /** Makes or completes the entry of a breaker, one more method included, and the breaker itself. */
    CircuitBreaker publish(String name, Optional<Guard> guard) {
        while (true) {
            BreakerDrafts by = drafts;
            CatalogEntry known = entries.get(name);
            boolean isNew = registry.find(name).isEmpty();
            CatalogEntry before = known != null ? known : begin(name, by);
            CatalogEntry after = by.complete(name, before, guard);
            awaken(List.of(after));
            if (replace(by, name, known, after)) {
                CircuitBreaker breaker = registry.find(name).orElseThrow();
                if (isNew) {
                    registry.announce(breaker);
                } else {
                    follow(name, before, after, breaker);
                }
                return breaker;
            }
        }
    }

    private boolean replace(BreakerDrafts by, String name, @Nullable CatalogEntry known, CatalogEntry after) {
        publishing.lock();
        try {
            boolean current = drafts == by && Objects.equals(entries.get(name), known);
            if (current) {
                put(name, after);
            }
            return current;
        } finally {
            publishing.unlock();
        }
    }

    private void follow(String name, CatalogEntry before, CatalogEntry after, CircuitBreaker breaker) {
        reconfigureIfChanged(name, before, after);
        // A new configuration does not move a breaker to another state.
        if (after.initialState() != before.initialState()) {
            breaker.override(StateOverride.to(after.initialState()).because("initial-state"));
        }
    }

    /** Takes the properties as they are now. If one is wrong, nothing changes. */
    Refreshed refresh(Environment environment) {
        while (true) {
            BreakerDrafts before = drafts;
            PropertyLayers fresh = before.properties().readAnew(environment);
            BreakerDrafts after = before.with(fresh);
            Map<String, CatalogEntry> known = Map.copyOf(entries);
            Map<String, CatalogEntry> next = new TreeMap<>();
            known.forEach((name, entry) -> next.put(name, after.complete(name, entry, Optional.empty())));
            awaken(next.values());
            if (replaceAll(before, known, after, next)) {
                List<String> reconfigured = new ArrayList<>();
                next.forEach((name, entry) -> {
                    if (reconfigureIfChanged(name, Objects.requireNonNull(known.get(name)), entry)) {
                        reconfigured.add(name);
                    }
                });
                return new Refreshed(List.copyOf(reconfigured), fresh.changesForTheNextStart(before.properties()));
            }
        }
    }

    private boolean replaceAll(
            BreakerDrafts before,
            Map<String, CatalogEntry> known,
            BreakerDrafts after,
            Map<String, CatalogEntry> next) {
        publishing.lock();
        try {
            boolean current = drafts == before && entries.equals(known);
            if (current) {
                drafts = after;
                next.forEach(this::put);
            }
            return current;
        } finally {
            publishing.unlock();
        }
    }

    /** Asks for what may make a bean: not to be done while a lock is held. */
    private void awaken(Collection<CatalogEntry> changed) {
        if (changed.stream().anyMatch(entry -> !entry.blueprint().pipeline().isBreakerAlone())) {
            policies.awaken();
        }
    }

    /** Lets calls go by an entry, all but the limits of the bulkhead and the settings of a breaker that is there. */
    private void put(String name, CatalogEntry entry) {
        entries.put(name, entry);
        entry.pipeline().prepare(entry.blueprint().pipeline());
        CircuitBreaker breaker = registry.find(name)
                .orElseGet(() -> registry.keep(name, entry.blueprint().config()));
        entry.pipeline().open(breaker);
    }

    private boolean reconfigureIfChanged(String name, CatalogEntry before, CatalogEntry after) {
        boolean changed = !after.blueprint().asksForTheSameAs(before.blueprint());
        if (changed) {
            reconfigure(name, registry.find(name).orElseThrow());
        }
        return changed;
    }

    private void reconfigure(String name, CircuitBreaker breaker) {
        Blueprint followed;
        do {
            CatalogEntry entry = find(name).orElseThrow();
            followed = entry.blueprint();
            entry.pipeline().follow(followed.pipeline());
            breaker.reconfigure(followed.config());
        } while (!find(name).orElseThrow().blueprint().equals(followed));
    }
}
