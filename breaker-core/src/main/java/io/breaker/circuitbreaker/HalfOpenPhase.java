package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.permit.PermitContext;
import io.breaker.circuitbreaker.tripper.TripContext;
import io.breaker.circuitbreaker.window.WindowCounter.Change;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** HALF_OPEN: lets in the calls that the permit allows; their outcomes close the circuit or open it again. */
final class HalfOpenPhase extends RecordingPhase {

    private static final Logger LOGGER = System.getLogger(CircuitBreaker.class.getName());

    /** Stands for a time in {@link #unansweredSince} when every probe was let in before the last one came back. */
    private static final long NONE = Long.MIN_VALUE;

    /*
     * Invariants
     *
     * - `out` counts the probes that are out and, for an instant each, the callers that hold a place while the permit is
     *   asked. A place is taken before the permit is asked and given back if it refuses, so a caller that is let in saw
     *   every probe that was let in before it: a permit that admits below n others never has more than n out.
     * - Each admitted call gives its place back exactly once, before anything else is done with its outcome.
     * - `unansweredSince` is when the first probe was let in after a probe last came back, or NONE. While a service
     *   answers at all it keeps moving; when every place is taken by calls that hang, it stands, and the next call after
     *   `probeTimeout` opens the circuit again.
     * - `successes` counts what was recorded here; it only grows.
     */
    private final AtomicInteger out;
    private final AtomicInteger successes = new AtomicInteger();
    private final AtomicLong unansweredSince = new AtomicLong(NONE);
    /** Whether the phase is being left because no probe came back. */
    private final AtomicBoolean gaveUp = new AtomicBoolean();

    private final AtomicBoolean warned = new AtomicBoolean();
    private final long rampStart;
    private final long ramp;
    private final long probeTimeout;
    private final CallNotPermittedException rejection;

    private HalfOpenPhase(StateMachine machine, CircuitBreakerConfig config, Stay stay, long now, int placesTaken) {
        super(machine, config, stay, /* readsClock= */ true, /* judgesAll= */ true);
        this.rampStart = now;
        this.ramp = rampOf(config);
        this.out = new AtomicInteger(placesTaken);
        this.probeTimeout = Nanos.of(config.probeTimeout());
        this.rejection = new CallNotPermittedException(
                machine.name, CircuitState.HALF_OPEN, machine.ticker, CallNotPermittedException.NO_END);
    }

    /** Begins a HALF_OPEN with a place for the call that begins it: nobody can take that before it asks. */
    static HalfOpenPhase withPlaceTaken(StateMachine machine, CircuitBreakerConfig config, Stay stay, long now) {
        return new HalfOpenPhase(machine, config, stay, now, /* placesTaken= */ 1);
    }

    private long rampOf(CircuitBreakerConfig config) {
        try {
            return Nanos.of(config.permit().ramp());
        } catch (Throwable thrown) {
            machine.defects.log("permit", config.permit(), "it has no ramp", thrown);
            return 0;
        }
    }

    @Override
    CircuitState state() {
        return CircuitState.HALF_OPEN;
    }

    @Override
    public boolean halfOpen() {
        return true;
    }

    @Override
    @Nullable
    Phase admit() {
        long now = machine.ticker.nanos();
        long since = unansweredSince.get();
        if (probeTimeout > 0 && since != NONE && now - since >= probeTimeout) {
            return giveUp(now - since);
        }
        if (!permitsWithPlaceTaken(out.getAndIncrement(), now)) {
            throw rejection();
        }
        return this;
    }

    /** Asks for the call that began this phase and has a place already. */
    boolean permitsFirst(long now) {
        return permitsWithPlaceTaken(/* others= */ 0, now);
    }

    private boolean permitsWithPlaceTaken(int others, long now) {
        boolean permitted = permits(others, now);
        if (permitted) {
            unansweredSince.compareAndSet(NONE, now);
        } else {
            out.decrementAndGet();
        }
        return permitted;
    }

    /** Counts a rejection, and gives what to throw. */
    CallNotPermittedException rejection() {
        return reject(rejection);
    }

    private @Nullable Phase giveUp(long silence) {
        // Before the circuit is opened: a listener of that may already end the probe.
        gaveUp.set(true);
        OpenPhase open = machine.reopen(
                this,
                stats(machine.ticker.nanos()),
                "no probe came back for " + Nanos.format(silence) + " (probe timeout " + Nanos.format(probeTimeout)
                        + ")");
        // The call that finds the silence is the first to be rejected, even by a cooldown of nothing.
        if (open != null) {
            throw open.rejection();
        }
        gaveUp.set(false);
        if (machine.current() == this) {
            // Another thread is leaving this phase at this moment; its call is rejected, and so is this one.
            throw rejection();
        }
        return null;
    }

    private boolean permits(int others, long now) {
        try {
            return config.permit()
                    .admits(PermitContext.of(Duration.ofNanos(now - rampStart), others, ThreadLocalRandom.current()));
        } catch (Throwable thrown) {
            machine.defects.log("permit", config.permit(), "the call is rejected", thrown);
            return false;
        }
    }

    @Override
    void released() {
        unansweredSince.set(NONE);
        out.decrementAndGet();
    }

    @Override
    Change record(boolean failed, @Nullable Throwable cause, long latency, long start, long now) {
        released();
        Change change = super.record(failed, cause, latency, start, now);
        if (!failed) {
            successes.incrementAndGet();
            warnOfSlowProbe(now - start);
        }
        return change;
    }

    private void warnOfSlowProbe(long elapsed) {
        if (gaveUp.get() && elapsed >= 0 && warned.compareAndSet(false, true)) {
            LOGGER.log(
                    Level.WARNING,
                    "circuit breaker ''{0}'': a probe succeeded after {1}, when the circuit had been opened again for"
                            + " it; probe-timeout is {2} and must exceed the slowest healthy call",
                    machine.name,
                    Nanos.format(elapsed),
                    Nanos.format(probeTimeout));
        }
    }

    @Override
    void judge(Change change, long now) {
        TripContext figures = whereTripperHolds(now);
        if (figures != null) {
            machine.reopen(this, figures);
        } else if (successes.get() >= config.successThreshold() && now - rampStart >= ramp) {
            machine.close(this, successes.get());
        }
    }

    @Override
    int probeSuccesses() {
        return successes.get();
    }

    @Override
    Phase reconfigured(CircuitBreakerConfig newConfig) {
        return new HalfOpenPhase(machine, newConfig, stay, machine.ticker.nanos(), /* placesTaken= */ 0);
    }
}
