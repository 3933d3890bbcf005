package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.OutcomeClassifier.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call that a circuit breaker has let in and that has to be ended.
 *
 * <p>The first of {@link #succeed}, {@link #returned}, {@link #fail}, {@link #failUntracked} and {@link #ignore} counts;
 * later ones do nothing. A call that is never ended is never counted, and in HALF_OPEN keeps its probe place until
 * {@code probeTimeout}. Safe for concurrent use: it may be ended on another thread than the one it began on.
 */
public final class OngoingCall {

    private final Phase phase;
    /** Written again only by whoever is about to make or to end the call. */
    private volatile long start;

    /** Goes from false to true once; who turns it settles the call. */
    private final AtomicBoolean ended = new AtomicBoolean();

    OngoingCall(Phase phase) {
        this.phase = phase;
        this.start = phase.start();
    }

    /**
     * Lets the latency of the call begin now. What came before, such as the wait for a slot of a bulkhead inside the
     * breaker, says nothing about the service.
     */
    public void startClock() {
        start = phase.start();
    }

    /** Ends the call as a success. */
    public void succeed() {
        if (end()) {
            phase.settle(Outcome.SUCCESS, null, start);
        }
    }

    /**
     * Ends the call with a value: as a success, unless the breaker's result tracker finds the value to be a failure.
     *
     * @param value what the call returned
     */
    public void returned(@Nullable Object value) {
        endReturned(value, Duration.ZERO);
    }

    /**
     * Ends the call with an exception. The breaker's tracker says whether that is a failure; a
     * {@link io.breaker.policy.CallRejectedException} never is.
     *
     * @param thrown what the call threw
     */
    public void fail(Throwable thrown) {
        endWith(Objects.requireNonNull(thrown, "thrown"), Duration.ZERO);
    }

    /**
     * Ends the call as a failure, whatever the breaker's tracker says of the exception.
     *
     * @param cause what shows what failed; nobody need have thrown it
     */
    public void failUntracked(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        if (end()) {
            phase.settle(Outcome.FAILURE, cause, start);
        }
    }

    /** Ends the call as neither success nor failure, for example because it was cancelled. */
    public void ignore() {
        endIgnored();
    }

    /** Lets the call, about to be ended, count without its latency: it ended some time ago. */
    void forgetStart() {
        start = phase.unknownStart();
    }

    // What follows tells whether it came first: who ends the call is who ends the stage that its caller holds. The
    // latency begins that much later than the call as it was kept waiting.

    /** Ends the call with a value, which the result tracker may find to be a failure. */
    boolean endReturned(@Nullable Object value, Duration waited) {
        boolean first = end();
        if (first) {
            phase.returned(value, phase.later(start, waited));
        }
        return first;
    }

    boolean endWith(Throwable thrown, Duration waited) {
        boolean first = end();
        if (first) {
            phase.threw(thrown, phase.later(start, waited));
        }
        return first;
    }

    boolean endIgnored() {
        boolean first = end();
        if (first) {
            phase.settle(Outcome.IGNORED, null, start);
        }
        return first;
    }

    private boolean end() {
        return ended.compareAndSet(false, true);
    }
}
