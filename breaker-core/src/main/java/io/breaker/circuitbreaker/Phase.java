package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.CircuitBreakerEvent.Failed;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Ignored;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Rejected;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Succeeded;
import io.breaker.circuitbreaker.OutcomeClassifier.Outcome;
import io.breaker.circuitbreaker.window.CallStats;
import io.breaker.circuitbreaker.window.CallTally;
import io.breaker.circuitbreaker.window.WindowCounter.Change;
import io.breaker.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stay in one state, with everything that is counted during it.
 *
 * <p>A call keeps the phase that let it in and reports to it. An outcome that comes when the phase has been left changes
 * counters nobody reads any more, and the totals; it can neither open, close nor pollute a later phase. That is why
 * nothing here asks whether the phase is still the current one.
 */
abstract sealed class Phase permits RecordingPhase, OpenPhase, DisabledPhase, ForcedOpenPhase {

    final StateMachine machine;
    final CircuitBreakerConfig config;
    final Stay stay;
    // What a call needs of the settings and of the machine stands here, too: each step less to it is a load less to
    // wait for.
    private final Ticker ticker;
    private final boolean readsClock;
    private final boolean measuresLatency;

    Phase(StateMachine machine, CircuitBreakerConfig config, Stay stay, boolean readsClock) {
        this.machine = machine;
        this.config = config;
        this.stay = stay;
        this.ticker = machine.ticker;
        this.readsClock = readsClock;
        this.measuresLatency = config.measureLatency();
    }

    abstract CircuitState state();

    /**
     * Asks for one call. Gives the phase that lets it in, which is this one or one that the call led the breaker to; null
     * where the breaker has left this phase, so that another is to be asked.
     *
     * @throws CallNotPermittedException if it rejects the call, which is then counted
     */
    abstract @Nullable Phase admit();

    /** Begins the same stay anew with other settings. */
    abstract Phase reconfigured(CircuitBreakerConfig newConfig);

    /** Tells what the window holds, or held when the stay before ended. */
    abstract CallStats stats(long now);

    abstract int streak();

    /**
     * Counts an outcome, and records it in a phase that records any; an ignored one is only {@link #released}.
     *
     * @param latency in nanoseconds, or {@link CallTally#UNMEASURED}
     */
    Change record(boolean failed, @Nullable Throwable cause, long latency, long start, long now) {
        if (failed) {
            machine.tally.failed(latency);
        } else {
            machine.tally.succeeded(latency);
        }
        return Change.NONE;
    }

    /** Draws the conclusion from a recorded outcome, after its event was told. */
    void judge(Change change, long now) {}

    /** Ends the override that brought the breaker here, if it has run out. */
    final boolean endsNow() {
        return stay.hasEnd() && stay.isOver(machine.ticker.nanos()) && machine.current() != this;
    }

    /** Takes note that an admitted call has ended without an outcome. */
    void released() {}

    Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    int probeSuccesses() {
        return 0;
    }

    boolean wouldOpen() {
        return false;
    }

    final boolean readsClock() {
        return readsClock;
    }

    /** Gives the start of a call, by the ticker, or 0 where nobody will ask. */
    final long start() {
        return readsClock ? ticker.nanos() : 0;
    }

    /** Moves the start of a call whose making was put off. */
    final long later(long start, Duration delay) {
        return readsClock ? start + delay.toNanos() : start;
    }

    /**
     * Stands for the start of a call of which nobody knows when it ended. It is so far ahead that the latency comes out
     * below zero, as {@link CallTally#UNMEASURED}: to look for it would be one more step for every call.
     */
    final long unknownStart() {
        return ticker.nanos() + Long.MAX_VALUE / 2;
    }

    final void returned(@Nullable Object value, long start) {
        settle(OutcomeClassifier.ofReturned(value, config, machine.defects), null, start);
    }

    final void succeeded(long start) {
        settle(Outcome.SUCCESS, null, start);
    }

    final void threw(Throwable thrown, long start) {
        settle(OutcomeClassifier.ofThrown(thrown, config, machine.defects), thrown, start);
    }

    /**
     * Settles a call. Comes exactly once for each admitted call.
     *
     * <p>It is long on purpose. HotSpot copies a method of up to 325 bytecodes into those that call it often
     * (FreqInlineSize), and this one with all that is copied into it makes some 17 kilobytes of each place that makes
     * calls through a breaker; such a place is too big to be copied into its own caller, and then an exception that
     * passes it costs the unwinding of a frame, as much as all that is done here.
     */
    final void settle(Outcome outcome, @Nullable Throwable cause, long start) {
        CircuitEvents events = machine.events();
        boolean heard = events != CircuitEvents.NOBODY;
        if (outcome == Outcome.IGNORED) {
            released();
            machine.tally.ignored();
            if (heard && !events.ignored.isEmpty()) {
                events.ignored.publish(new Ignored(machine.name, ticker.instant(), Optional.ofNullable(cause)));
            }
            return;
        }
        boolean failed = outcome == Outcome.FAILURE;
        long now = readsClock ? ticker.nanos() : 0;
        long latency = measuresLatency ? Math.max(now - start, CallTally.UNMEASURED) : CallTally.UNMEASURED;
        Change change = record(failed, cause, latency, start, now);
        if (heard && failed && !events.failed.isEmpty()) {
            Optional<Duration> duration = latency >= 0 ? Optional.of(Duration.ofNanos(latency)) : Optional.empty();
            Optional<Throwable> thrown = Optional.ofNullable(cause);
            events.failed.publish(new Failed(machine.name, ticker.instant(), duration, thrown));
        } else if (heard && !failed && !events.succeeded.isEmpty()) {
            Optional<Duration> duration = latency >= 0 ? Optional.of(Duration.ofNanos(latency)) : Optional.empty();
            events.succeeded.publish(new Succeeded(machine.name, ticker.instant(), duration));
        }
        judge(change, now);
    }

    /** Counts and tells one rejection, and gives what to throw. */
    final CallNotPermittedException reject(CallNotPermittedException rejection) {
        machine.tally.rejected();
        if (!machine.events().rejected.isEmpty()) {
            machine.events().rejected.publish(new Rejected(machine.name, machine.ticker.instant(), state()));
        }
        return rejection;
    }
}
