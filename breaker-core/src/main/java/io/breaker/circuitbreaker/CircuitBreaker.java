package io.breaker.circuitbreaker;

import io.breaker.event.Registration;
import io.breaker.policy.Policy;
import io.breaker.time.Ticker;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a failing dependency from taking its callers down: records how calls end, rejects them while the tripper says
 * that the dependency is down, and probes it before it lets them all through again.
 *
 * <pre>{@code
 * CircuitBreaker payments = CircuitBreaker.of("payments", settings -> settings
 *         .window("time(60s)")
 *         .tripper("minRequests(10) & failureRate(0.5)"));
 * Receipt receipt = payments.call(() -> client.charge(order));
 * }</pre>
 *
 * <p>Every call that is let in is settled exactly once, whatever comes out of it: a value, an exception, an
 * {@link Error}, a cancelled stage. No lock is held while a call, a rule or a listener runs. Safe for concurrent use.
 */
public final class CircuitBreaker implements Policy {

    final StateMachine machine; // the registry reconfigures it, too

    private CircuitBreaker(StateMachine machine) {
        this.machine = machine;
    }

    /**
     * Makes a breaker.
     *
     * @param name what it is called in messages, events and meters; not blank
     * @param config its settings
     * @return a new breaker in its initial state
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static CircuitBreaker of(String name, CircuitBreakerConfig config) {
        return of(name, config, Ticker.system());
    }

    /**
     * Makes a breaker that takes its time from a clock of the caller's.
     *
     * @param name what it is called in messages, events and meters; not blank
     * @param config its settings
     * @param ticker where it takes the time from
     * @return a new breaker in its initial state
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static CircuitBreaker of(String name, CircuitBreakerConfig config, Ticker ticker) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank: '" + name + "'");
        }
        return new CircuitBreaker(new StateMachine(
                name, Objects.requireNonNull(config, "config"), Objects.requireNonNull(ticker, "ticker")));
    }

    /**
     * Makes a breaker with settings that differ from the defaults.
     *
     * @param name what it is called in messages, events and meters; not blank
     * @param settings changes the defaults
     * @return a new breaker in its initial state
     * @throws IllegalArgumentException if {@code name} is blank or a setting is wrong
     */
    public static CircuitBreaker of(String name, UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        return of(name, settings.apply(CircuitBreakerConfig.builder()).build());
    }

    /**
     * Names the breaker.
     *
     * @return the name it was made with
     */
    public String name() {
        return machine.name;
    }

    /**
     * Tells the state. Asking changes nothing: an OPEN whose cooldown is over stays OPEN until its next call.
     *
     * @return the state as of now
     */
    public CircuitState state() {
        return machine.current().state();
    }

    /**
     * Tells the settings.
     *
     * @return the settings the breaker was made with, or last {@linkplain #reconfigure reconfigured} to
     */
    public CircuitBreakerConfig config() {
        return machine.current().config;
    }

    /**
     * Tells everything the breaker knows of itself.
     *
     * @return a picture as of now
     */
    public CircuitSnapshot snapshot() {
        Phase phase = machine.current();
        long now = machine.ticker.nanos();
        return new CircuitSnapshot(
                phase.state(),
                phase.stay.since(),
                phase.stay.reopens(),
                phase.retryAfter(),
                phase.stats(now),
                CallTotals.of(machine.tally.sums()),
                phase.streak(),
                phase.probeSuccesses(),
                phase.wouldOpen());
    }

    /**
     * Tells how the breaker came to where it is.
     *
     * @return its history as of now
     */
    public CircuitHistory history() {
        Phase phase = machine.current();
        return phase.stay
                .history()
                .asOfNow(phase.state(), phase.stay.lengthUntil(machine.ticker.nanos()), machine.wouldOpens());
    }

    /**
     * {@inheritDoc}
     *
     * @throws CallNotPermittedException if the breaker does not let the call be made
     */
    @Override
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        Phase phase = machine.admit();
        long start = phase.start();
        T result;
        try {
            result = call.call();
        } catch (Throwable thrown) {
            phase.threw(thrown, start);
            throw thrown;
        }
        phase.returned(result, start);
        return result;
    }

    // `get` and `run` repeat the body of `call`: an adapter between them would be an object for each call.

    /**
     * {@inheritDoc}
     *
     * @throws CallNotPermittedException if the breaker does not let the call be made
     */
    @Override
    public <T extends @Nullable Object> T get(Supplier<T> call) {
        Phase phase = machine.admit();
        long start = phase.start();
        T result;
        try {
            result = call.get();
        } catch (Throwable thrown) {
            phase.threw(thrown, start);
            throw thrown;
        }
        phase.returned(result, start);
        return result;
    }

    /**
     * {@inheritDoc}
     *
     * @throws CallNotPermittedException if the breaker does not let the call be made
     */
    @Override
    public void run(Runnable call) {
        Phase phase = machine.admit();
        long start = phase.start();
        try {
            call.run();
        } catch (Throwable thrown) {
            phase.threw(thrown, start);
            throw thrown;
        }
        phase.succeeded(start);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The call is settled before the returned stage ends. A supplier that returns no stage has failed; a stage that
     * was cancelled is neither success nor failure.
     */
    @Override
    public <T extends @Nullable Object> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        OngoingCall ongoing;
        try {
            ongoing = begin();
        } catch (CallNotPermittedException rejection) {
            return CompletableFuture.failedFuture(rejection);
        }
        try {
            CompletionStage<T> source = call.get();
            if (source != null) {
                return SettlingFuture.of(source, ongoing);
            }
            var noStage = new NullPointerException("the call of '" + name() + "' returned no stage");
            ongoing.failUntracked(noStage);
            return CompletableFuture.failedFuture(noStage);
        } catch (Throwable thrown) {
            ongoing.fail(thrown);
            return CompletableFuture.failedFuture(thrown);
        }
    }

    /**
     * Asks for one call whose end the caller tells.
     *
     * @return the call, to be ended exactly once, whatever happens
     * @throws CallNotPermittedException if the breaker does not let the call be made
     */
    public OngoingCall begin() {
        return new OngoingCall(machine.admit());
    }

    /** Puts the breaker into CLOSED with an empty window. An override that has an end is dropped. */
    public void reset() {
        override(StateOverride.to(CircuitState.CLOSED));
    }

    /** Puts the breaker into FORCED_OPEN: it rejects every call until it is told otherwise. */
    public void forceOpen() {
        override(StateOverride.to(CircuitState.FORCED_OPEN));
    }

    /** Puts the breaker into DISABLED: it lets every call in and records nothing but the totals. */
    public void disable() {
        override(StateOverride.to(CircuitState.DISABLED));
    }

    /** Puts the breaker into METRICS_ONLY: it lets every call in, and tells when it would have opened. */
    public void metricsOnly() {
        override(StateOverride.to(CircuitState.METRICS_ONLY));
    }

    /**
     * Puts the breaker into a state by hand, with a reason and perhaps an end. A command to enter the state that the
     * breaker is in begins it anew.
     *
     * @param command which state, why, by whom and for how long
     */
    public void override(StateOverride command) {
        machine.override(Objects.requireNonNull(command, "command"));
    }

    /**
     * Gives the breaker other settings. It keeps its state and since when, the reopens, the end of an OPEN and of an
     * override, totals, history and listeners. The window begins empty; a HALF_OPEN starts its probes and ramp anew.
     *
     * @param config the new settings
     */
    public void reconfigure(CircuitBreakerConfig config) {
        machine.reconfigure(Objects.requireNonNull(config, "config"));
    }

    /**
     * Listens to every event.
     *
     * @param listener told on the thread that caused the event; what it throws is logged and goes no further
     * @return ends the registration
     */
    public Registration onEvent(Consumer<? super CircuitBreakerEvent> listener) {
        return onEvent(CircuitBreakerEvent.class, listener);
    }

    /**
     * Listens to one type of event. Others are not made for it.
     *
     * @param type the type of event
     * @param listener told on the thread that caused the event; what it throws is logged and goes no further
     * @param <E> the type of event
     * @return ends the registration
     */
    public <E extends CircuitBreakerEvent> Registration onEvent(Class<E> type, Consumer<? super E> listener) {
        return machine.listen(type, listener);
    }

    @Override
    public String toString() {
        return "CircuitBreaker '" + name() + "' " + state();
    }
}
