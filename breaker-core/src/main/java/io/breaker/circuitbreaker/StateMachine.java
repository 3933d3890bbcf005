package io.breaker.circuitbreaker;

import static io.breaker.circuitbreaker.CallNotPermittedException.NO_END;

import io.breaker.circuitbreaker.CircuitBreakerEvent.Reconfigured;
import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.circuitbreaker.tripper.TripContext;
import io.breaker.circuitbreaker.window.CallStats;
import io.breaker.circuitbreaker.window.CallTally;
import io.breaker.event.Registration;
import io.breaker.expression.Durations;
import io.breaker.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Leads one breaker from phase to phase: every transition, and nothing else. */
final class StateMachine {

    /** Who makes the transitions that nobody commanded. */
    static final String BREAKER = "breaker";

    /*
     * Invariants
     *
     * - `phase` is the only mutable reference. It changes by compareAndSet(from, to) and in no other way, so of several
     *   threads that see the same reason to leave a phase exactly one leaves it, and exactly one StateChanged is told.
     * - A phase is never entered twice. A call keeps the phase that let it in and reports there, so there is no
     *   generation number and no "is this still my phase" check on the way back.
     * - The next phase is built before the swap and thrown away if the swap fails. Only the cooldown is the user's code:
     *   RecordingPhase.claimExit lets one thread ask it, outside of any loop or lock.
     * - What a stay leaves behind (its history, the figures it froze) is handed to the next phase as immutable values, so
     *   whoever reads one phase reads one consistent picture.
     * - Listeners run after the swap, on the thread that made it. They may call back into the breaker.
     *
     * Not guaranteed: that two listeners see two transitions in the order of the swaps.
     */
    private volatile Phase phase;

    /** A field and its updater instead of an AtomicReference: every call reads the phase, and so reads it directly. */
    private static final AtomicReferenceFieldUpdater<StateMachine, Phase> PHASE =
            AtomicReferenceFieldUpdater.newUpdater(StateMachine.class, Phase.class, "phase");

    private static final AtomicReferenceFieldUpdater<StateMachine, CircuitEvents> EVENTS =
            AtomicReferenceFieldUpdater.newUpdater(StateMachine.class, CircuitEvents.class, "events");

    private static final AtomicLongFieldUpdater<StateMachine> WOULD_OPENS =
            AtomicLongFieldUpdater.newUpdater(StateMachine.class, "wouldOpens");

    final String name;
    final Ticker ticker;
    final CallTally tally = new CallTally();
    final Defects defects;

    /** {@link CircuitEvents#NOBODY} until somebody listens; changes once. */
    private volatile CircuitEvents events = CircuitEvents.NOBODY;

    /** How often the tripper began to hold in METRICS_ONLY; only grows. */
    private volatile long wouldOpens;

    StateMachine(String name, CircuitBreakerConfig config, Ticker ticker) {
        this.name = name;
        this.ticker = ticker;
        this.defects = new Defects(name);
        Stay first = new Stay(ticker.instant(), ticker.nanos(), 0, NO_END, CircuitHistory.empty());
        this.phase = commanded(config.initialState(), config, first, CallStats.EMPTY, 0);
    }

    CircuitEvents events() {
        return events;
    }

    <E extends CircuitBreakerEvent> Registration listen(Class<E> type, Consumer<? super E> listener) {
        if (events == CircuitEvents.NOBODY) {
            EVENTS.compareAndSet(this, CircuitEvents.NOBODY, new CircuitEvents());
        }
        return events.add(type, listener);
    }

    void countWouldOpen() {
        WOULD_OPENS.incrementAndGet(this);
    }

    long wouldOpens() {
        return wouldOpens;
    }

    /** Gives the phase that lets a call in; throws what rejects it. */
    Phase admit() {
        while (true) {
            Phase admitting = phase.admit();
            if (admitting != null) {
                return admitting;
            }
        }
    }

    /** Gives the phase as of now: an override that has run out is over, whether or not a call came by. */
    Phase current() {
        Phase current = phase;
        while (current.stay.hasEnd() && current.stay.isOver(ticker.nanos())) {
            endOverride(current);
            current = phase;
        }
        return current;
    }

    private void endOverride(Phase from) {
        long due = from.stay.endsAt();
        Duration length = Duration.ofNanos(due - from.stay.sinceNanos());
        // Not what the wall clock says now: the moment it was due, by the clock that the override began with.
        Instant at = from.stay.since().plus(length);
        CircuitState to = from.config.initialState();
        String reason = "the override ended after " + Durations.format(length);
        Transition transition = new Transition(from.state(), to, at, reason, BREAKER);
        Stay stay = next(from, transition, due, 0, NO_END);
        swap(from, commanded(to, from.config, stay, from.stats(due), from.streak()), transition);
    }

    /** CLOSED to OPEN. */
    void open(ClosedPhase from, TripContext figures) {
        leaveForOpen(from, figures.stats(), from.reason(figures), 0);
    }

    /** HALF_OPEN to OPEN, because the tripper holds. */
    void reopen(HalfOpenPhase from, TripContext figures) {
        reopen(from, figures.stats(), from.reason(figures));
    }

    /** HALF_OPEN to OPEN. Gives the new phase to the one caller that made it, null to the others. */
    @Nullable
    OpenPhase reopen(HalfOpenPhase from, CallStats stats, String reason) {
        return leaveForOpen(from, stats, reason, from.stay.reopens() + 1);
    }

    private @Nullable OpenPhase leaveForOpen(RecordingPhase from, CallStats stats, String reason, int reopens) {
        // A late outcome must not ask the cooldown of a breaker that has gone elsewhere.
        if (phase != from || !from.claimExit()) {
            return null;
        }
        Duration cooldown = OpenLength.of(from, reopens);
        long now = ticker.nanos();
        long length = Nanos.of(cooldown);
        // A cooldown of more than 146 years could overflow the clock; nobody will see its end either way.
        long retryAt = length >= Long.MAX_VALUE / 2 ? NO_END : now + length;
        Transition transition = new Transition(from.state(), CircuitState.OPEN, ticker.instant(), reason, BREAKER);
        Stay stay = next(from, transition, now, reopens, NO_END);
        OpenPhase to = new OpenPhase(this, from.config, stay, stats, from.streak(), retryAt);
        return swap(from, to, transition) ? to : null;
    }

    /**
     * OPEN to HALF_OPEN, by the first call after the cooldown, which asks for a permit before anybody is told and could
     * get in first. Gives the new phase if it is let in, null where another call was faster.
     *
     * @throws CallNotPermittedException if the permit refuses
     */
    @Nullable
    Phase probe(OpenPhase from) {
        long now = ticker.nanos();
        Instant at = ticker.instant();
        String reason = "the cooldown is over";
        Transition transition = new Transition(CircuitState.OPEN, CircuitState.HALF_OPEN, at, reason, BREAKER);
        Stay stay = next(from, transition, now, from.stay.reopens(), NO_END);
        HalfOpenPhase to = HalfOpenPhase.withPlaceTaken(this, from.config, stay, now);
        if (!PHASE.compareAndSet(this, from, to)) {
            return null;
        }
        boolean permitted = to.permitsFirst(now);
        publish(transition);
        if (!permitted) {
            throw to.rejection();
        }
        return to;
    }

    /** HALF_OPEN to CLOSED. */
    void close(HalfOpenPhase from, int successes) {
        if (!from.claimExit()) {
            return;
        }
        String reason = successes == 1 ? "1 probe succeeded" : successes + " probes succeeded";
        Transition transition =
                new Transition(CircuitState.HALF_OPEN, CircuitState.CLOSED, ticker.instant(), reason, BREAKER);
        Stay stay = next(from, transition, ticker.nanos(), 0, NO_END);
        swap(from, new ClosedPhase(this, from.config, stay), transition);
    }

    /** Any state to the one that is commanded, even the same: a command begins a new stay and drops what was left. */
    void override(StateOverride command) {
        while (true) {
            Phase from = current();
            long now = ticker.nanos();
            long endsAt =
                    command.expiresIn().map(length -> now + Nanos.of(length)).orElse(NO_END);
            Transition transition =
                    new Transition(from.state(), command.state(), ticker.instant(), command.reason(), command.by());
            Stay stay = next(from, transition, now, 0, endsAt);
            Phase to = commanded(command.state(), from.config, stay, from.stats(now), from.streak());
            if (swap(from, to, transition)) {
                return;
            }
        }
    }

    /** The same stay with other settings. */
    void reconfigure(CircuitBreakerConfig config) {
        while (!reconfigure(current().config, config)) {
            // Somebody else was faster; the later one wins.
            Thread.onSpinWait();
        }
    }

    /** The same, unless the settings are no longer {@code before}; tells whether they were. */
    boolean reconfigure(CircuitBreakerConfig before, CircuitBreakerConfig after) {
        Phase from;
        do {
            from = current();
            if (from.config != before) {
                return false;
            }
        } while (!PHASE.compareAndSet(this, from, from.reconfigured(after)));
        if (!events().reconfigured.isEmpty()) {
            events().reconfigured.publish(new Reconfigured(name, ticker.instant(), after));
        }
        return true;
    }

    private Phase commanded(
            CircuitState state, CircuitBreakerConfig config, Stay stay, CallStats frozen, int failureStreak) {
        return switch (state) {
            case CLOSED -> new ClosedPhase(this, config, stay);
            case METRICS_ONLY -> new MetricsOnlyPhase(this, config, stay);
            case DISABLED -> new DisabledPhase(this, config, stay);
            case FORCED_OPEN -> new ForcedOpenPhase(this, config, stay, frozen, failureStreak);
            case OPEN, HALF_OPEN -> throw new IllegalArgumentException(state + " cannot be commanded");
        };
    }

    private static Stay next(Phase from, Transition transition, long now, int reopens, long endsAt) {
        CircuitHistory history = from.stay.history().with(transition, from.stay.lengthUntil(now));
        return new Stay(transition.at(), now, reopens, endsAt, history);
    }

    private boolean swap(Phase from, Phase to, Transition transition) {
        boolean swapped = PHASE.compareAndSet(this, from, to);
        if (swapped) {
            publish(transition);
        }
        return swapped;
    }

    private void publish(Transition transition) {
        if (!events().stateChanged.isEmpty()) {
            events().stateChanged
                    .publish(new StateChanged(
                            name,
                            transition.at(),
                            transition.from(),
                            transition.to(),
                            transition.reason(),
                            transition.by()));
        }
    }
}
