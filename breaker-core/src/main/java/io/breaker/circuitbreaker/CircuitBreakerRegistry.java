package io.breaker.circuitbreaker;

import io.breaker.event.Registration;
import io.breaker.time.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Holds circuit breakers by name. Safe for concurrent use; no lock is held while a listener runs.
 *
 * <p>A breaker that is registered stays: whoever found it once may keep it.
 */
public final class CircuitBreakerRegistry {

    private static final Logger LOGGER = System.getLogger(CircuitBreakerRegistry.class.getName());

    /*
     * Invariants
     *
     * - A name is put into `breakers` once and never removed.
     * - A breaker is put into the map before the subscribers are told, and a subscriber is put into its list before it is
     *   told of the breakers in the map. So each of them meets the other at least once; `Subscriber.told` makes it
     *   exactly once.
     */
    private final ConcurrentMap<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final Ticker ticker;

    private CircuitBreakerRegistry(Ticker ticker) {
        this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /**
     * Makes an empty registry.
     *
     * @return a registry whose breakers take their time from the system
     */
    public static CircuitBreakerRegistry create() {
        return of(Ticker.system());
    }

    /**
     * Makes an empty registry.
     *
     * @param ticker where its breakers take the time from
     * @return a registry
     */
    public static CircuitBreakerRegistry of(Ticker ticker) {
        return new CircuitBreakerRegistry(ticker);
    }

    /**
     * Makes a breaker and keeps it.
     *
     * @param name the name, not blank and not yet taken
     * @param config the settings
     * @return the new breaker
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public CircuitBreaker register(String name, CircuitBreakerConfig config) {
        CircuitBreaker breaker = CircuitBreaker.of(name, config, ticker);
        if (breakers.putIfAbsent(name, breaker) != null) {
            throw new IllegalArgumentException("a circuit breaker is registered already: '" + name + "'");
        }
        subscribers.forEach(subscriber -> subscriber.tell(breaker));
        return breaker;
    }

    /**
     * Finds a breaker. Never makes one: a mistyped name stays unknown.
     *
     * @param name the name
     * @return the breaker; empty if none was registered under that name
     */
    public Optional<CircuitBreaker> find(String name) {
        return Optional.ofNullable(breakers.get(name));
    }

    /**
     * Gives all breakers.
     *
     * @return the breakers as of now, by name
     */
    public List<CircuitBreaker> all() {
        return breakers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * Tells of each breaker once: of those that are there at once, of a later one when it is registered.
     *
     * @param consumer told of each breaker; what it throws is logged and goes no further
     * @return ends the registration
     */
    public Registration forEach(Consumer<? super CircuitBreaker> consumer) {
        Subscriber subscriber = new Subscriber(Objects.requireNonNull(consumer, "consumer"));
        subscribers.add(subscriber);
        breakers.values().forEach(subscriber::tell);
        return () -> {
            subscriber.close();
            subscribers.remove(subscriber);
        };
    }

    /**
     * Listens to every event of all breakers, present and future.
     *
     * @param listener told on the thread that caused the event; what it throws is logged and goes no further
     * @return ends the registration at all breakers
     */
    public Registration onEvent(Consumer<? super CircuitBreakerEvent> listener) {
        return onEvent(CircuitBreakerEvent.class, listener);
    }

    /**
     * Listens to one type of event of all breakers, present and future.
     *
     * @param type the type of event
     * @param listener told on the thread that caused the event; what it throws is logged and goes no further
     * @param <E> the type of event
     * @return ends the registration at all breakers
     */
    public <E extends CircuitBreakerEvent> Registration onEvent(Class<E> type, Consumer<? super E> listener) {
        List<Registration> registrations = new CopyOnWriteArrayList<>();
        Registration future = forEach(breaker -> registrations.add(breaker.onEvent(type, listener)));
        return () -> {
            future.close();
            registrations.forEach(Registration::close);
        };
    }

    /** Tells one consumer of each breaker once. */
    private static final class Subscriber {

        private final Consumer<? super CircuitBreaker> consumer;
        private final Set<CircuitBreaker> told = ConcurrentHashMap.newKeySet();
        /** Goes from false to true once: a breaker that is being registered just then is not told of any more. */
        private volatile boolean closed;

        Subscriber(Consumer<? super CircuitBreaker> consumer) {
            this.consumer = consumer;
        }

        void tell(CircuitBreaker breaker) {
            if (closed || !told.add(breaker)) {
                return;
            }
            try {
                consumer.accept(breaker);
            } catch (Throwable thrown) {
                // The breaker is registered, and the other subscribers have to learn of it.
                LOGGER.log(Level.ERROR, () -> "a subscriber threw on circuit breaker '" + breaker.name() + "'", thrown);
            }
        }

        void close() {
            closed = true;
        }
    }
}
