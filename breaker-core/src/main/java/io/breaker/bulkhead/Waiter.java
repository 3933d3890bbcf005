package io.breaker.bulkhead;

import io.breaker.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A caller that waits for a slot.
 *
 * <p>Whoever takes it out of the queue (a slot that came free, its timer, an interrupt, its caller) decides what becomes
 * of it: that happens under the lock of {@link Slots}, so once.
 */
abstract class Waiter {

    final Slots slots;

    /*
     * Invariants
     *
     * - `timer` is written once, after which `left` is looked at; who writes `left` looks at `timer` afterwards. So one of
     *   the two sees the other, and no timer outlives the waiting.
     */
    private volatile Scheduler.@Nullable Task timer;

    private volatile boolean left;

    Waiter(Slots slots) {
        this.slots = slots;
    }

    /** Tells the waiter that it has a slot. Called by who took it out of the queue, without a lock. */
    abstract void granted();

    /** Tells the waiter that it has waited in vain, and is no longer in the queue. */
    abstract void timedOut();

    /** Starts the timer of a waiter that is in the queue. A scheduler that refuses throws it out, unless it has a slot. */
    final void startTimer(Scheduler scheduler, Duration timeout) {
        try {
            timer = scheduler.schedule(this::timeUp, timeout);
        } catch (Throwable thrown) {
            if (slots.quit(this)) {
                throw thrown;
            }
        }
        if (left) {
            stopTimer();
        }
    }

    /** Ends the timer: for who took the waiter out of the queue. */
    final void leftQueue() {
        left = true;
        stopTimer();
    }

    /** Tells whether the waiter was taken out of the queue; false where it never was in it. */
    final boolean hasLeftQueue() {
        return left;
    }

    private void stopTimer() {
        Scheduler.Task present = timer;
        if (present != null) {
            present.cancel();
        }
    }

    private void timeUp() {
        if (slots.quit(this)) {
            timedOut();
        }
    }
}
