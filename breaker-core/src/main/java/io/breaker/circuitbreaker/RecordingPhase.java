package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.tripper.TripContext;
import io.breaker.circuitbreaker.tripper.TripReason;
import io.breaker.circuitbreaker.tripper.TripperProfile;
import io.breaker.circuitbreaker.window.CallStats;
import io.breaker.circuitbreaker.window.WindowCounter;
import io.breaker.circuitbreaker.window.WindowCounter.Change;
import io.breaker.circuitbreaker.window.WindowRules;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

    /*
     * Invariants
     *
     * - `streak` is the number of failures since the last success that was recorded here; overlapping calls come in
     *   either order.
     * - `lastFailure` is what one of the newest failures threw, null if that returned a value. It is written with release
     *   and read with acquire, so whoever reads the exception sees all of it; nobody waits for anybody.
     * - `claimed` goes from false to true once. Who turned it may lead the breaker out of this phase, and asks the
     *   cooldown for that: so a cooldown is drawn once for each opening, however many threads saw the reason.
     */
    private final WindowCounter window;
    private final TripperProfile profile = config.profile();
    private final AtomicInteger streak = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> lastFailure = new AtomicReference<>();
    private final AtomicBoolean claimed = new AtomicBoolean();

    RecordingPhase(StateMachine machine, CircuitBreakerConfig config, Stay stay, boolean readsClock) {
        super(machine, config, stay, readsClock);
        this.window = config.window()
                .newCounter(
                        new WindowRules(profile.slowThresholds(), profile.readsMeanLatency(), profile.maxMinRequests()),
                        machine.ticker.nanos());
    }

    static boolean needsClock(CircuitBreakerConfig config) {
        return config.measureLatency() || config.window().readsClock();
    }

    @Override
    Change record(boolean failed, @Nullable Throwable cause, long elapsed, long now) {
        Change change = window.record(failed, elapsed, now);
        if (failed) {
            streak.incrementAndGet();
            lastFailure.setRelease(cause);
        } else if (streak.get() != 0) {
            streak.set(0);
        }
        return change;
    }

    /** Tells whether the tripper's answer may have become yes by that change. */
    final boolean mayTrip(Change change) {
        if (change == Change.NONE) {
            return !profile.pure();
        }
        return change == Change.NEWS || !profile.monotone();
    }

    /** Tells whether a tripper that is asked again would give the answer it gave before that change. */
    final boolean sameAnswer(Change change) {
        return change == Change.NONE && profile.pure();
    }

    /** Asks the tripper. Gives the figures on which it holds, or null where it does not. */
    final @Nullable TripContext whereTripperHolds(long now) {
        // Built-in rules are asked on the live counters first, which costs no object, and nearly always say no.
        if (profile.pure() && !holds(this)) {
            return null;
        }
        TripContext figures = TripContext.of(window.stats(now), halfOpen(), failureStreak(), config.successThreshold());
        return holds(figures) ? figures : null;
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

    private boolean holds(TripContext context) {
        try {
            return config.tripper().trips(context);
        } catch (Throwable thrown) {
            machine.defects.log("tripper", config.tripper(), "it does not hold", thrown);
            return false;
        }
    }

    /** Gives true to one caller: the one that leads the breaker out of this phase. */
    final boolean claimExit() {
        return !claimed.get() && claimed.compareAndSet(false, true);
    }

    final @Nullable Throwable lastFailure() {
        return lastFailure.getAcquire();
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
    public final int failureStreak() {
        return streak.get();
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
        return window.total();
    }

    @Override
    public final long failures() {
        return window.failures();
    }

    @Override
    public final long slow(Duration threshold) {
        return window.slow(threshold);
    }

    @Override
    public final double meanLatencyNanos() {
        return window.meanLatencyNanos();
    }
}
