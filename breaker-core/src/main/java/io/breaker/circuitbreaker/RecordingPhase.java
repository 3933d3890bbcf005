package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.tripper.TripContext;
import io.breaker.circuitbreaker.tripper.TripReason;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.circuitbreaker.tripper.TripperProfile;
import io.breaker.circuitbreaker.window.CallStats;
import io.breaker.circuitbreaker.window.WindowCounter;
import io.breaker.circuitbreaker.window.WindowCounter.Change;
import io.breaker.circuitbreaker.window.WindowFigures;
import io.breaker.circuitbreaker.window.WindowRules;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A phase that records outcomes in a window and asks the tripper.
 *
 * <p>It is itself the context in which a tripper of built-in rules is asked: those read figures and keep nothing, so they
 * may read the counters as they are, and asking costs no object. Anything else gets an immutable copy, and is asked
 * once for each outcome; when it held, the reason asks the parts of an {@code |} again on that same copy.
 */
abstract sealed class RecordingPhase extends Phase implements TripContext
        permits ClosedPhase, HalfOpenPhase, MetricsOnlyPhase {

    private static final AtomicReferenceFieldUpdater<RecordingPhase, @Nullable Throwable> LAST_FAILURE =
            AtomicReferenceFieldUpdater.newUpdater(RecordingPhase.class, Throwable.class, "lastFailure");

    private static final AtomicLongFieldUpdater<RecordingPhase> LAST_FAILED_AT =
            AtomicLongFieldUpdater.newUpdater(RecordingPhase.class, "lastFailedAt");

    private static final long A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final AtomicIntegerFieldUpdater<RecordingPhase> CLAIMED =
            AtomicIntegerFieldUpdater.newUpdater(RecordingPhase.class, "claimed");

    /*
     * Invariants
     *
     * - `lastFailure` is what one of the newest failures threw, null if that returned a value. It is written with release
     *   and read with acquire, so whoever reads the exception sees all of it; nobody waits for anybody.
     * - `lastFailedAt` is when that was, up to a second too early. It is written before `lastFailure`, and stays 0 where
     *   nobody reads the clock.
     * - `claimed` goes from 0 to 1 once. Who turned it may lead the breaker out of this phase, and asks the
     *   cooldown for that: so a cooldown is drawn once for each opening, however many threads saw the reason.
     */
    private final WindowCounter window;
    private final WindowFigures judged;
    /** What the tripper says in this state, with the least to ask. */
    private final Tripper tripper;

    private final boolean pure;
    private final boolean monotone;

    private volatile @Nullable Throwable lastFailure;
    private volatile long lastFailedAt;
    private volatile int claimed;

    /**
     * Begins a stay.
     *
     * @param judgesAll whether each success is judged, and not only those that may make the tripper hold
     */
    RecordingPhase(
            StateMachine machine, CircuitBreakerConfig config, Stay stay, boolean readsClock, boolean judgesAll) {
        super(machine, config, stay, readsClock);
        TripperProfile profile = config.profile();
        long watchedCalls = judgesAll || !profile.monotone() ? Long.MAX_VALUE : profile.maxMinRequests();
        this.window = config.window()
                .newCounter(
                        new WindowRules(profile.slowThresholds(), profile.readsMeanLatency(), watchedCalls),
                        machine.ticker.nanos(),
                        machine.tally);
        this.judged = window.judged();
        this.pure = profile.pure();
        this.monotone = profile.monotone();
        this.tripper = profile.flatten(
                config.tripper(),
                state() == CircuitState.HALF_OPEN,
                config.window().capacity());
    }

    /** Tells how long ago the last failure was; zero where nobody reads the clock, so that only a failure can open. */
    final Duration sinceLastFailure() {
        long at = lastFailedAt;
        return readsClock() ? Duration.ofNanos(Math.max(machine.ticker.nanos() - at, 0)) : Duration.ZERO;
    }

    static boolean needsClock(CircuitBreakerConfig config) {
        return config.measureLatency() || config.window().readsClock();
    }

    @Override
    Change record(boolean failed, @Nullable Throwable cause, long latency, long start, long now) {
        if (failed) {
            remember(cause, now);
        }
        return window.record(failed, latency, now);
    }

    private void remember(@Nullable Throwable cause, long now) {
        // One exception for all callers is common: then threads that fail need not fight for these fields.
        if (lastFailure != cause || now - lastFailedAt > A_SECOND) {
            LAST_FAILED_AT.lazySet(this, now);
            LAST_FAILURE.lazySet(this, cause);
        }
    }

    /** Tells whether the tripper's answer may have become yes by that change. */
    final boolean mayTrip(Change change) {
        if (change == Change.NONE) {
            return !pure;
        }
        return change == Change.NEWS || !monotone;
    }

    /** Tells whether a tripper that is asked again would give the answer it gave before that change. */
    final boolean sameAnswer(Change change) {
        return change == Change.NONE && pure;
    }

    /** Asks the tripper. Gives the figures on which it holds, or null where it does not. */
    final @Nullable TripContext whereTripperHolds(long now) {
        // Built-in rules are asked on the live counters first, which costs no object, and nearly always say no.
        if (pure && !holds(tripper, this)) {
            return null;
        }
        TripContext figures =
                TripContext.of(window.stats(now), halfOpen(), window.failureStreak(), config.successThreshold());
        return holds(config.tripper(), figures) ? figures : null;
    }

    /** Says in words why the tripper held on those figures. */
    final String reason(TripContext figures) {
        try {
            return TripReason.of(config.tripper(), figures);
        } catch (Throwable thrown) {
            machine.defects.log("tripper", config.tripper(), "the reason is not known", thrown);
            return "the tripper held";
        }
    }

    private boolean holds(Tripper tripper, TripContext context) {
        try {
            return tripper.trips(context);
        } catch (Throwable thrown) {
            machine.defects.log("tripper", tripper, "it does not hold", thrown);
            return false;
        }
    }

    /** Gives true to one caller: the one that leads the breaker out of this phase. */
    final boolean claimExit() {
        return claimed == 0 && CLAIMED.compareAndSet(this, 0, 1);
    }

    final @Nullable Throwable lastFailure() {
        return lastFailure;
    }

    @Override
    final CallStats stats(long now) {
        return window.stats(now);
    }

    @Override
    public final CallStats stats() {
        return window.stats(machine.ticker.nanos());
    }

    @Override
    final int streak() {
        return window.failureStreak();
    }

    @Override
    public final int failureStreak() {
        return judged.failureStreak();
    }

    @Override
    public final int successThreshold() {
        return config.successThreshold();
    }

    @Override
    public boolean halfOpen() {
        return false;
    }

    @Override
    public final long total() {
        return judged.total();
    }

    @Override
    public final long failures() {
        return judged.failures();
    }

    @Override
    public final long slow(Duration threshold) {
        return judged.slow(threshold);
    }

    @Override
    public final double meanLatencyNanos() {
        return judged.meanLatencyNanos();
    }
}
