package io.breaker.bulkhead;

import io.breaker.bulkhead.Slots.Admission;
import io.breaker.event.Registration;
import io.breaker.policy.Policy;
import io.breaker.time.Scheduler;
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
 * Limits how many calls are under way at one time. Who finds no slot waits in a queue of limited length for a limited time,
 * or is rejected.
 *
 * <pre>{@code
 * Bulkhead payments = Bulkhead.of("payments", settings -> settings
 *         .maxConcurrentCalls(10)
 *         .queueCapacity(5)
 *         .queueTimeout(Duration.ofMillis(500)));
 * Receipt receipt = payments.call(() -> client.charge(order));
 * }</pre>
 *
 * <p>First come, first served: synchronous and asynchronous callers wait in one queue, a slot that comes free goes to the
 * first of them, and no newcomer overtakes. A slot is given back exactly once, whatever comes out of the call.
 *
 * <p>A <b>synchronous</b> caller parks while it waits. One that is interrupted meanwhile leaves the queue and gets a
 * {@link BulkheadFullException} too, with its interrupt flag up: its call was not made, so nothing around it may take that
 * for a failure of the service, as an {@link InterruptedException} would be taken.
 *
 * <p>An <b>asynchronous</b> caller waits without a thread. Its supplier runs on the thread that gives the slot back, so it
 * should start the work and not do it. The call holds its slot until its own stage has ended, even where the returned
 * stage was cancelled, or a timeout inside the bulkhead has given up on it.
 *
 * <p>No lock is held while a call or a listener runs. Safe for concurrent use.
 */
public final class Bulkhead implements Policy {

    private final String name;
    private final Ticker ticker;
    private final Scheduler scheduler;
    private final Slots slots;
    private final Rejections rejections;

    private Bulkhead(String name, BulkheadConfig config, Ticker ticker, Scheduler scheduler) {
        this.name = name;
        this.ticker = Objects.requireNonNull(ticker, "ticker");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.slots = new Slots(Limits.of(name, Objects.requireNonNull(config, "config")));
        this.rejections = new Rejections(name, ticker);
    }

    /**
     * Makes a bulkhead.
     *
     * @param name what it is called in messages, events and meters; not blank
     * @param config its settings
     * @return a new bulkhead with all its slots free
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static Bulkhead of(String name, BulkheadConfig config) {
        return of(name, config, Ticker.system(), Scheduler.shared());
    }

    /**
     * Makes a bulkhead with settings that differ from the defaults.
     *
     * @param name what it is called in messages, events and meters; not blank
     * @param settings changes the defaults
     * @return a new bulkhead with all its slots free
     * @throws IllegalArgumentException if {@code name} is blank or a setting is wrong
     */
    public static Bulkhead of(String name, UnaryOperator<BulkheadConfig.Builder> settings) {
        return of(name, settings.apply(BulkheadConfig.builder()).build());
    }

    /**
     * Makes a bulkhead that takes its time from a clock and scheduler of the caller's.
     *
     * @param name what it is called in messages, events and meters; not blank
     * @param config its settings
     * @param ticker stamps events
     * @param scheduler ends the waiting at the queue timeout; not used while there are free slots
     * @return a new bulkhead with all its slots free
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static Bulkhead of(String name, BulkheadConfig config, Ticker ticker, Scheduler scheduler) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank: '" + name + "'");
        }
        return new Bulkhead(name, config, ticker, scheduler);
    }

    /**
     * Names the bulkhead.
     *
     * @return the name it was made with
     */
    public String name() {
        return name;
    }

    /**
     * Tells the settings.
     *
     * @return the settings it was made with, or last {@linkplain #reconfigure reconfigured} to
     */
    public BulkheadConfig config() {
        return slots.limits().config();
    }

    /**
     * Counts the calls that hold a slot.
     *
     * @return how many, as of now; above the limit for a while after it was lowered
     */
    public int activeCalls() {
        return slots.active();
    }

    /**
     * Counts the callers that wait for a slot.
     *
     * @return how many, as of now
     */
    public int queued() {
        return slots.queued();
    }

    /**
     * Counts the callers that got no slot.
     *
     * @return the counts as of now
     */
    public BulkheadTotals totals() {
        return rejections.totals();
    }

    /**
     * {@inheritDoc}
     *
     * @throws BulkheadFullException if the call got no slot
     */
    @Override
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        enter();
        try {
            return call.call();
        } finally {
            exit();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws BulkheadFullException if the call got no slot
     */
    @Override
    public <T extends @Nullable Object> T get(Supplier<T> call) {
        enter();
        try {
            return call.get();
        } finally {
            exit();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws BulkheadFullException if the call got no slot
     */
    @Override
    public void run(Runnable call) {
        enter();
        try {
            call.run();
        } finally {
            exit();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A call that got no slot comes back as a stage that failed with {@link BulkheadFullException}. A returned stage
     * that is cancelled or completed by its holder while the call waits takes it out of the queue.
     */
    @Override
    public <T extends @Nullable Object> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        boolean entered = slots.tryEnter();
        if (!entered && slots.isFull()) {
            return CompletableFuture.failedFuture(rejections.full(slots.limits()));
        }
        AsyncCall<T> waiter = new AsyncCall<>(slots, rejections, ticker, call);
        if (entered) {
            waiter.start();
        } else {
            join(waiter);
        }
        return waiter.result();
    }

    /**
     * Gives the bulkhead other settings. A higher limit lets waiting callers in at once, a lower one takes slots away as
     * calls end. Who waits keeps its place and its timeout.
     *
     * <p>The suppliers of asynchronous calls that get a slot by it run on the calling thread.
     *
     * @param config the new settings
     */
    public void reconfigure(BulkheadConfig config) {
        slots.change(Limits.of(name, config)).forEach(Waiter::granted);
        rejections.reconfigured(config);
    }

    /**
     * Listens to every event.
     *
     * @param listener told on the thread that caused the event; what it throws is logged and goes no further
     * @return ends the registration
     */
    public Registration onEvent(Consumer<? super BulkheadEvent> listener) {
        return onEvent(BulkheadEvent.class, listener);
    }

    /**
     * Listens to one type of event. Others are not made for it.
     *
     * @param type the type of event
     * @param listener told on the thread that caused the event; what it throws is logged and goes no further
     * @param <E> the type of event
     * @return ends the registration
     */
    public <E extends BulkheadEvent> Registration onEvent(Class<E> type, Consumer<? super E> listener) {
        return rejections.add(type, listener);
    }

    private void join(AsyncCall<?> waiter) {
        waiter.joins();
        Admission admission = slots.join(waiter);
        if (admission == Admission.ENTERED) {
            waiter.start();
        } else if (admission == Admission.FULL) {
            waiter.fail(rejections.full(slots.limits()));
        } else {
            try {
                waiter.startTimer(scheduler, config().queueTimeout());
            } catch (Throwable refused) {
                waiter.fail(refused);
            }
        }
    }

    private void enter() {
        if (!slots.tryEnter()) {
            waitForSlot();
        }
    }

    private void waitForSlot() {
        if (slots.isFull()) {
            throw rejections.full(slots.limits());
        }
        SyncWaiter waiter = new SyncWaiter(slots);
        Admission admission = slots.join(waiter);
        if (admission == Admission.FULL) {
            throw rejections.full(slots.limits());
        }
        if (admission == Admission.QUEUED) {
            waiter.startTimer(scheduler, config().queueTimeout());
            SyncWaiter.Outcome outcome = waiter.await();
            if (outcome == SyncWaiter.Outcome.TIMED_OUT) {
                throw rejections.timedOut(slots.limits());
            }
            if (outcome == SyncWaiter.Outcome.INTERRUPTED) {
                throw rejections.interrupted(slots.limits());
            }
        }
    }

    private void exit() {
        Waiter next = slots.exit();
        if (next != null) {
            next.granted();
        }
    }

    @Override
    public String toString() {
        return "Bulkhead '" + name + "' " + activeCalls() + " of " + config().maxConcurrentCalls();
    }
}
