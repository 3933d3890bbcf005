package io.breaker.timeout;

import io.breaker.event.Listeners;
import io.breaker.event.Registration;
import io.breaker.policy.Policy;
import io.breaker.time.Scheduler;
import io.breaker.time.Ticker;
import io.breaker.timeout.TimeoutEvent.TimedOut;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives up on a call that takes too long: a call that takes the limit or longer ends with a {@link CallTimeoutException},
 * whatever else came of it.
 *
 * <pre>{@code
 * Timeout timeout = Timeout.of("payments", Duration.ofSeconds(2));
 * Receipt receipt = timeout.call(() -> client.charge(order));
 * }</pre>
 *
 * <p><b>Synchronous calls</b> stay on the calling thread, so thread-locals and transactions survive; at the limit that
 * thread is interrupted. A call that ends within its limit is never interrupted afterwards and leaves no interrupt flag.
 * A call that does not heed the interrupt (a socket read on a platform thread, a loop, a lock without
 * {@code lockInterruptibly}) is not cut short: it has timed out all the same once it returns, and its late value is
 * dropped. The limit is measured by the clock, so a timer that comes late changes nothing. An interrupt closes NIO
 * channels and breaks file databases: {@link TimeoutConfig#interrupt()} false measures and reports alone.
 *
 * <p>After a timeout the interrupt flag is down, unless somebody else had raised it before the timer came: then it is up,
 * also where the call had not seen it or answered it together with the timer's. An interrupt from elsewhere that comes
 * between the timer's and the end of the call cannot be told from the timer's, and is taken back with it. Without a
 * timeout, flag and {@link InterruptedException} come out as they came. Timeouts may be nested: an inner one leaves the
 * flag up for an outer one that fired too.
 *
 * <p><b>Asynchronous calls</b>: at the limit the returned stage fails and the call's own stage is cancelled as far as it
 * allows. The time includes what the supplier takes, but a supplier that blocks is not interrupted. What depends on the
 * returned stage then runs on the scheduler's thread, and must not block it.
 *
 * <p>Safe for concurrent use.
 */
public final class Timeout implements Policy {

    private final String name;
    private final TimeoutConfig config;
    private final Ticker ticker;
    private final Scheduler scheduler;
    private final long limitNanos;
    private final Listeners<TimedOut> timedOutListeners = new Listeners<>();
    /** Each call that ended is added to one of the two. Sums are exact at rest. */
    private final LongAdder inTime = new LongAdder();

    private final LongAdder timedOut = new LongAdder();

    private Timeout(String name, TimeoutConfig config, Ticker ticker, Scheduler scheduler) {
        this.name = name;
        this.config = Objects.requireNonNull(config, "config");
        this.ticker = Objects.requireNonNull(ticker, "ticker");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.limitNanos = config.limitNanos();
    }

    /**
     * Makes a timeout that interrupts.
     *
     * @param name what it is called in messages and events; not blank
     * @param limit how long a call may take, above zero
     * @return a new timeout
     * @throws IllegalArgumentException if {@code name} is blank or {@code limit} is zero or negative
     */
    public static Timeout of(String name, Duration limit) {
        return of(name, TimeoutConfig.of(limit));
    }

    /**
     * Makes a timeout.
     *
     * @param name what it is called in messages and events; not blank
     * @param config its settings
     * @return a new timeout
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static Timeout of(String name, TimeoutConfig config) {
        return of(name, config, Ticker.system(), Scheduler.shared());
    }

    /**
     * Makes a timeout that takes its time from a clock and scheduler of the caller's.
     *
     * @param name what it is called in messages and events; not blank
     * @param config its settings
     * @param ticker where it takes the time from
     * @param scheduler runs what is due at the limit; not used by synchronous calls that are not interrupted
     * @return a new timeout
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static Timeout of(String name, TimeoutConfig config, Ticker ticker, Scheduler scheduler) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank: '" + name + "'");
        }
        return new Timeout(name, config, ticker, scheduler);
    }

    /**
     * Names the timeout.
     *
     * @return the name it was made with
     */
    public String name() {
        return name;
    }

    /**
     * Tells the settings.
     *
     * @return the settings it was made with
     */
    public TimeoutConfig config() {
        return config;
    }

    /**
     * Counts how calls ended.
     *
     * @return the counts as of now; a call under way is in none of them
     */
    public TimeoutTotals totals() {
        return new TimeoutTotals(inTime.sum(), timedOut.sum());
    }

    /**
     * {@inheritDoc}
     *
     * @throws CallTimeoutException if the call took too long; what it threw then is suppressed
     */
    @Override
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        long start = ticker.nanos();
        InterruptTimer timer = startTimer();
        T result;
        try {
            result = call.call();
        } catch (Throwable thrown) {
            threw(thrown, start, timer);
            throw thrown;
        }
        returned(start, timer);
        return result;
    }

    // `get` and `run` repeat the body of `call`: an adapter between them would be an object for each call.

    /**
     * {@inheritDoc}
     *
     * @throws CallTimeoutException if the call took too long; what it threw then is suppressed
     */
    @Override
    public <T extends @Nullable Object> T get(Supplier<T> call) {
        long start = ticker.nanos();
        InterruptTimer timer = startTimer();
        T result;
        try {
            result = call.get();
        } catch (Throwable thrown) {
            threw(thrown, start, timer);
            throw thrown;
        }
        returned(start, timer);
        return result;
    }

    /**
     * {@inheritDoc}
     *
     * @throws CallTimeoutException if the call took too long; what it threw then is suppressed
     */
    @Override
    public void run(Runnable call) {
        long start = ticker.nanos();
        InterruptTimer timer = startTimer();
        try {
            call.run();
        } catch (Throwable thrown) {
            threw(thrown, start, timer);
            throw thrown;
        }
        returned(start, timer);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A call that took too long comes back as a stage that failed with {@link CallTimeoutException}.
     */
    @Override
    public <T extends @Nullable Object> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        TimedFuture<T> future = new TimedFuture<>(this, ticker.nanos());
        try {
            // First, because a scheduler that refuses must not leave a call that nobody times.
            future.startTimer(scheduler, config.limit());
            CompletionStage<T> source = call.get();
            if (source == null) {
                throw new NullPointerException("the call of '" + name + "' returned no stage");
            }
            future.follow(source);
        } catch (Throwable thrown) {
            future.fail(thrown);
        }
        return future;
    }

    /**
     * Listens to every event.
     *
     * @param listener told on the thread that caused the event; what it throws is logged and goes no further
     * @return ends the registration
     */
    public Registration onEvent(Consumer<? super TimeoutEvent> listener) {
        return timedOutListeners.add(listener);
    }

    private @Nullable InterruptTimer startTimer() {
        return config.interrupt() ? InterruptTimer.start(scheduler, config.limit()) : null;
    }

    private void returned(long start, @Nullable InterruptTimer timer) {
        CallTimeoutException late = end(start, timer, null);
        if (late != null) {
            throw late;
        }
    }

    private void threw(Throwable thrown, long start, @Nullable InterruptTimer timer) {
        CallTimeoutException late = end(start, timer, thrown);
        if (late != null) {
            late.addSuppressed(thrown);
            throw late;
        }
    }

    private @Nullable CallTimeoutException end(long start, @Nullable InterruptTimer timer, @Nullable Throwable thrown) {
        // Before anything else, so that nothing is interrupted that comes after the call.
        if (timer != null && timer.stop()) {
            return tooLong(elapsed(start), /* withStackTrace= */ true);
        }
        CallTimeoutException late = late(start, /* withStackTrace= */ true);
        if (late != null && thrown instanceof InterruptedException) {
            // It came from elsewhere, and the exception that told of it is replaced.
            Thread.currentThread().interrupt();
        }
        return late;
    }

    /** Counts an asynchronous call whose source has ended. */
    @Nullable
    CallTimeoutException lateSince(long start) {
        return late(start, /* withStackTrace= */ false);
    }

    /** Counts an asynchronous call that has reached its limit. */
    CallTimeoutException timedOutSince(long start) {
        return tooLong(elapsed(start), /* withStackTrace= */ false);
    }

    void endedInTime() {
        inTime.increment();
    }

    private @Nullable CallTimeoutException late(long start, boolean withStackTrace) {
        long elapsed = elapsed(start);
        if (elapsed < limitNanos) {
            endedInTime();
            return null;
        }
        return tooLong(elapsed, withStackTrace);
    }

    private CallTimeoutException tooLong(long elapsed, boolean withStackTrace) {
        timedOut.increment();
        if (!timedOutListeners.isEmpty()) {
            timedOutListeners.publish(new TimedOut(name, ticker.instant(), config.limit(), Duration.ofNanos(elapsed)));
        }
        return new CallTimeoutException(name, config.limit(), withStackTrace);
    }

    private long elapsed(long start) {
        return ticker.nanos() - start;
    }

    @Override
    public String toString() {
        return "Timeout '" + name + "' " + config.limit();
    }
}
