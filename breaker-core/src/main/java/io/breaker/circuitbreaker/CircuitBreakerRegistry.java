package io.breaker.circuitbreaker;

import io.breaker.event.Registration;
import io.breaker.expression.Spelling;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

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
    private final List<BiConsumer<? super String, ? super CircuitBreakerConfig>> checks = new CopyOnWriteArrayList<>();
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
        CircuitBreaker breaker = keep(name, config);
        announce(breaker);
        return breaker;
    }

    /**
     * For integrations: makes a breaker and keeps it, as {@link #register} does, and leaves it to the caller to
     * {@link #announce} it when he holds no lock any more.
     *
     * @param name the name, not blank and not yet taken
     * @param config the settings
     * @return the new breaker
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public CircuitBreaker keep(String name, CircuitBreakerConfig config) {
        CircuitBreaker breaker = CircuitBreaker.of(name, config, ticker);
        if (breakers.putIfAbsent(name, breaker) != null) {
            throw new IllegalArgumentException("a circuit breaker is registered already: '" + name + "'");
        }
        return breaker;
    }

    /**
     * For integrations: tells of a breaker that was {@linkplain #keep kept} whoever was not told of it yet.
     *
     * @param breaker the breaker
     */
    public void announce(CircuitBreaker breaker) {
        subscribers.forEach(subscriber -> subscriber.tell(breaker));
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
     * Changes some settings of a breaker while it works, as {@link CircuitBreaker#reconfigure} does. If they are wrong,
     * nothing changes. Of two that change settings at a time, the later one begins with what the earlier one made.
     *
     * <pre>{@code
     * registry.reconfigure("payments", settings -> settings.tripper("minRequests(10) & failureRate(0.3)"));
     * }</pre>
     *
     * @param name the name of the breaker
     * @param settings changes the settings that the breaker has; may be asked more than once
     * @return the breaker
     * @throws IllegalArgumentException if there is no breaker of that name, or the settings are wrong
     */
    public CircuitBreaker reconfigure(String name, UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreaker breaker = known(name);
        CircuitBreakerConfig before;
        CircuitBreakerConfig after;
        do {
            before = breaker.config();
            after = settings.apply(before.toBuilder()).build();
            check(name, after);
        } while (!breaker.machine.reconfigure(before, after));
        return breaker;
    }

    /**
     * Gives a breaker other settings while it works, as {@link CircuitBreaker#reconfigure} does. If they are wrong,
     * nothing changes.
     *
     * @param name the name of the breaker
     * @param config all its new settings
     * @return the breaker
     * @throws IllegalArgumentException if there is no breaker of that name, or the settings are refused by a check
     */
    public CircuitBreaker reconfigure(String name, CircuitBreakerConfig config) {
        CircuitBreaker breaker = known(name);
        check(name, Objects.requireNonNull(config, "config"));
        breaker.reconfigure(config);
        return breaker;
    }

    /**
     * Adds a check of the settings that {@code reconfigure} of this registry is given.
     *
     * @param check given the name of the breaker and its new settings; refuses them by an exception, which goes to who
     *     wanted to reconfigure
     * @return ends the checking
     */
    public Registration checkReconfigurations(BiConsumer<? super String, ? super CircuitBreakerConfig> check) {
        checks.add(Objects.requireNonNull(check, "check"));
        return () -> checks.remove(check);
    }

    private void check(String name, CircuitBreakerConfig config) {
        checks.forEach(check -> check.accept(name, config));
    }

    private CircuitBreaker known(String name) {
        return find(name).orElseThrow(() -> {
            List<String> names = all().stream().map(CircuitBreaker::name).toList();
            String nearest = Spelling.nearest(name, names)
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("");
            String known = names.isEmpty() ? "there is none" : "there are " + String.join(", ", names);
            return new IllegalArgumentException("no circuit breaker has the name '" + name + "': " + known + nearest);
        });
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
        AtomicBoolean closed = new AtomicBoolean();
        Registration future = forEach(breaker -> {
            Registration registration = breaker.onEvent(type, listener);
            registrations.add(registration);
            // Who closes turns `closed` and then reads the list: so one of the two ends this registration.
            if (closed.get()) {
                registration.close();
            }
        });
        return () -> {
            closed.set(true);
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
