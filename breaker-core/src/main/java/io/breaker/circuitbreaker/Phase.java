package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.CircuitBreakerEvent.Failed;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Ignored;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Rejected;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Succeeded;
import io.breaker.circuitbreaker.OutcomeClassifier.Outcome;
import io.breaker.circuitbreaker.window.CallStats;
import io.breaker.circuitbreaker.window.WindowCounter.Change;
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
    private final OutcomeClassifier classifier;
    private final boolean readsClock;

    Phase(StateMachine machine, CircuitBreakerConfig config, Stay stay, boolean readsClock) {
        this.machine = machine;
        this.config = config;
        this.stay = stay;
        this.classifier = new OutcomeClassifier(config, machine.defects);
        this.readsClock = readsClock;
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

    abstract int failureStreak();

    /** Records an outcome, in a phase that records any; an ignored one is only {@link #released}. */
    Change record(boolean failed, @Nullable Throwable cause, long elapsed, long now) {
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

    /** Gives the start of a call, by the ticker, or 0 where nobody will ask. */
    final long start() {
        return readsClock ? machine.ticker.nanos() : 0;
    }

    final void returned(@Nullable Object value, long start) {
        settle(classifier.ofReturned(value), null, start);
    }

    final void succeeded(long start) {
        settle(Outcome.SUCCESS, null, start);
    }

    final void threw(Throwable thrown, long start) {
        settle(classifier.ofThrown(thrown), thrown, start);
    }

    /** Settles a call. Comes exactly once for each admitted call. */
    final void settle(Outcome outcome, @Nullable Throwable cause, long start) {
        if (outcome == Outcome.IGNORED) {
            ignore(cause);
            return;
        }
        boolean failed = outcome == Outcome.FAILURE;
        long now = readsClock ? machine.ticker.nanos() : 0;
        long elapsed = Math.max(now - start, 0);
        long latency = config.measureLatency() ? elapsed : CallCounters.UNMEASURED;
        if (failed) {
            machine.counters.failed(latency);
        } else {
            machine.counters.succeeded(latency);
        }
        Change change = record(failed, cause, elapsed, now);
        if (failed) {
            publishFailed(cause, latency);
        } else {
            publishSucceeded(latency);
        }
        judge(change, now);
    }

    private void ignore(@Nullable Throwable cause) {
        released();
        machine.counters.ignored();
        if (!machine.events.ignored.isEmpty()) {
            machine.events.ignored.publish(
                    new Ignored(machine.name, machine.ticker.instant(), Optional.ofNullable(cause)));
        }
    }

    private void publishFailed(@Nullable Throwable cause, long latency) {
        if (!machine.events.failed.isEmpty()) {
            machine.events.failed.publish(new Failed(
                    machine.name, machine.ticker.instant(), durationOf(latency), Optional.ofNullable(cause)));
        }
    }

    private void publishSucceeded(long latency) {
        if (!machine.events.succeeded.isEmpty()) {
            machine.events.succeeded.publish(
                    new Succeeded(machine.name, machine.ticker.instant(), durationOf(latency)));
        }
    }

    private static Optional<Duration> durationOf(long latency) {
        return latency == CallCounters.UNMEASURED ? Optional.empty() : Optional.of(Duration.ofNanos(latency));
    }

    /** Counts and tells one rejection, and gives what to throw. */
    final CallNotPermittedException reject(CallNotPermittedException rejection) {
        machine.counters.rejected();
        if (!machine.events.rejected.isEmpty()) {
            machine.events.rejected.publish(new Rejected(machine.name, machine.ticker.instant(), state()));
        }
        return rejection;
    }
}
