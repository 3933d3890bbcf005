package io.breaker.retry;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.event.Registration;
import io.breaker.policy.CallRejectedException;
import io.breaker.policy.Policy;
import io.breaker.retry.RetryEvent.Reason;
import io.breaker.time.Scheduler;
import io.breaker.time.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failed call again, after a wait that grows from attempt to attempt.
 *
 * <pre>{@code
 * Retry notification = Retry.of("notification", settings -> settings
 *         .maxAttempts(4)
 *         .on("typeOf(java.io.IOException)")
 *         .budget(Duration.ofSeconds(10)));
 * notification.call(() -> client.send(order));
 * }</pre>
 *
 * <p>The wait is what the {@linkplain RetryConfig#backoff() backoff} says, or what the failure asks for
 * ({@link io.breaker.policy.RetryAfter}) where that is longer, within {@link RetryConfig#maxRetryAfter()}. Never retried
 * are a {@link CallRejectedException}, an {@link Error}, an {@link InterruptedException} and a
 * {@link java.util.concurrent.CancellationException}, also where a {@code CompletionException} or an
 * {@code ExecutionException} is around them.
 *
 * <p>When no attempt is left, the caller gets the last failure: the very object that was thrown. Failures of earlier
 * attempts are added to it as suppressed, the first 8 at most, unless it has no stack trace, carries suppressed exceptions
 * already or was thrown by two attempts: then it may be an object that other callers see too.
 *
 * <p>Synchronous calls wait on their own thread, parked. An interruption ends the wait at once: the caller gets the last
 * failure, and the interrupt flag is set. Asynchronous calls hold no thread while they wait. Safe for concurrent use.
 */
public final class Retry implements Policy {

    private final String name;
    private final RetryRules rules;
    private final RetryJournal journal;
    private final Ticker ticker;
    private final Scheduler scheduler;
    private final boolean readsClock;

    private Retry(String name, RetryRules rules, RetryJournal journal, Ticker ticker, Scheduler scheduler) {
        this.name = name;
        this.rules = rules;
        this.journal = journal;
        this.ticker = ticker;
        this.scheduler = scheduler;
        this.readsClock = !rules.config.budget().isZero();
    }

    /**
     * Makes a retry.
     *
     * @param name what it is called in messages, events and meters; not blank
     * @param config its settings
     * @return a new retry on the clocks of the machine and {@link Scheduler#shared()}
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static Retry of(String name, RetryConfig config) {
        return of(name, config, Ticker.system(), Scheduler.shared());
    }

    /**
     * Makes a retry that takes its time from the caller.
     *
     * @param name what it is called in messages, events and meters; not blank
     * @param config its settings
     * @param ticker where it takes the time from
     * @param scheduler how it waits
     * @return a new retry
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static Retry of(String name, RetryConfig config, Ticker ticker, Scheduler scheduler) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank: '" + name + "'");
        }
        Objects.requireNonNull(ticker, "ticker");
        return new Retry(
                name,
                new RetryRules(name, config, Tracker.DEFAULT),
                new RetryJournal(name, ticker),
                ticker,
                Objects.requireNonNull(scheduler, "scheduler"));
    }

    /**
     * Makes a retry with settings that differ from the defaults.
     *
     * @param name what it is called in messages, events and meters; not blank
     * @param settings changes the defaults
     * @return a new retry on the clocks of the machine and {@link Scheduler#shared()}
     * @throws IllegalArgumentException if {@code name} is blank or a setting is wrong
     */
    public static Retry of(String name, UnaryOperator<RetryConfig.Builder> settings) {
        return of(name, settings.apply(RetryConfig.builder()).build());
    }

    /**
     * Gives a retry that is this one, with its counts and listeners, except that another tracker stands in where the
     * settings name none.
     *
     * @param tracker says which failures are retried unless {@link RetryConfig#on()} does
     * @return the retry, for use in a pipeline
     */
    public Retry withDefaultTracker(Tracker tracker) {
        return new Retry(
                name,
                new RetryRules(name, rules.config, Objects.requireNonNull(tracker, "tracker")),
                journal,
                ticker,
                scheduler);
    }

    /**
     * Names the retry.
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
    public RetryConfig config() {
        return rules.config;
    }

    /**
     * Counts what became of the calls.
     *
     * @return the counts since the retry was made
     */
    public RetryTotals totals() {
        return journal.totals();
    }

    /**
     * {@inheritDoc}
     *
     * <p>What the call threw is what its last attempt threw.
     */
    @Override
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        long start = begin();
        try {
            return call.call();
        } catch (Throwable thrown) {
            return this.<T, Exception>again(call, start, thrown);
        }
    }

    @Override
    public <T extends @Nullable Object> T get(Supplier<T> call) {
        long start = begin();
        try {
            return call.get();
        } catch (Throwable thrown) {
            return this.<T, RuntimeException>again(call::get, start, thrown);
        }
    }

    @Override
    public void run(Runnable call) {
        long start = begin();
        try {
            call.run();
        } catch (Throwable thrown) {
            this.<Boolean, RuntimeException>again(
                    () -> {
                        call.run();
                        return true;
                    },
                    start,
                    thrown);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The first attempt begins on the calling thread, each other one where {@link RetryConfig#executor()} says. A
     * supplier that throws or returns no stage is a failed attempt. Cancelling the returned stage gives up the wait or
     * cancels the attempt under way; ending it otherwise lets that attempt run to its end. In both cases there is no
     * further attempt.
     */
    @Override
    public <T extends @Nullable Object> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        return callAsync(call, () -> true);
    }

    /**
     * For policies: makes a call whose result comes later, as {@link #callAsync(Supplier)} does, of which a part may have
     * reached the caller before it failed: then another attempt would repeat that part.
     *
     * @param call what to call; returns the stage that ends when the attempt ends
     * @param repeatable asked after each failure; false ends the call with that failure, as one that is none to retry
     * @param <T> the type of the result
     * @return a stage that ends like the last attempt
     */
    public <T extends @Nullable Object> CompletionStage<T> callAsync(
            Supplier<? extends CompletionStage<T>> call, BooleanSupplier repeatable) {
        RetriedCall attempts = new RetriedCall(rules, journal, ticker, begin());
        RetryingFuture<T> future = new RetryingFuture<>(call, repeatable, attempts, scheduler, rules.config.executor());
        future.start();
        return future;
    }

    /**
     * Listens to every event.
     *
     * @param listener told on the thread that caused the event; what it throws is logged and goes no further
     * @return ends the registration
     */
    public Registration onEvent(Consumer<? super RetryEvent> listener) {
        return onEvent(RetryEvent.class, listener);
    }

    /**
     * Listens to one type of event. Others are not made for it.
     *
     * @param type the type of event
     * @param listener told on the thread that caused the event; what it throws is logged and goes no further
     * @param <E> the type of event
     * @return ends the registration
     */
    public <E extends RetryEvent> Registration onEvent(Class<E> type, Consumer<? super E> listener) {
        return journal.add(type, listener);
    }

    /** Only a budget needs to know when the call began. */
    private long begin() {
        journal.begun();
        return readsClock ? ticker.nanos() : 0;
    }

    private <T extends @Nullable Object, X extends Throwable> T again(Callable<T> attempt, long start, Throwable first)
            throws X {
        RetriedCall attempts = new RetriedCall(rules, journal, ticker, start);
        Throwable failure = first;
        while (waited(attempts, failure)) {
            T result;
            try {
                result = attempt.call();
            } catch (Throwable thrown) {
                failure = thrown;
                continue;
            }
            attempts.succeeded();
            return result;
        }
        throw Retry.<X>unchanged(failure);
    }

    /** Waits for the next attempt. False where there is none. */
    private boolean waited(RetriedCall attempts, Throwable failure) {
        Duration delay = attempts.delayAfter(failure);
        if (delay == null) {
            return false;
        }
        try {
            scheduler.pause(delay);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            attempts.giveUp(Reason.INTERRUPTED, failure);
            return false;
        } catch (RuntimeException refused) {
            attempts.notScheduled(refused, failure);
            return false;
        }
        if (!attempts.mayRetry(failure)) {
            return false;
        }
        attempts.retried(delay, failure);
        return true;
    }

    /** What an attempt throws is what it may throw, also where code threw a checked exception that it did not declare. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X unchanged(Throwable thrown) {
        return (X) thrown;
    }

    @Override
    public String toString() {
        return "Retry '" + name + "' " + rules.config;
    }
}
