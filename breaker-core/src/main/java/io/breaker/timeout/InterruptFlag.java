package io.breaker.timeout;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The interrupt flag of one thread, which timers share with everybody else who may interrupt that thread.
 *
 * <p>Made by the outermost timed call of a thread and shared by the calls inside it. The flag itself does not say who
 * raised it; this class knows it of the timers, as far as it can be known.
 */
final class InterruptFlag {

    /** How often to look again before the processor goes to another thread, which may be the one that holds the lock. */
    private static final int SPINS = 100;

    /*
     * Invariants
     *
     * - `ours`, `foreign` and the state of every timer that shares this flag are read and written under `locked` alone. It
     *   is the hand-shake between a timer and the end of its call: either the end comes first, and the timer finds the
     *   call ended; or the timer comes first, and the end waits until the interrupt has landed. So none lands later.
     * - A spin lock: it is held for one Thread.interrupt(), and a parked owner would be woken by the very interrupt. (A
     *   ReentrantLock takes the flag away from a thread that waits for it, and so hides it from a second timer.)
     * - ours: a timer raised the flag, and no call has ended since without an enclosing one that had fired.
     * - foreign: the flag was up already when the first of those timers came. It is put up again in the end, even where
     *   the call took it down in between: to interrupt once too often is better than to lose an interrupt.
     * - Not known, and taken for ours: an interrupt from elsewhere that comes after the timer's.
     */
    private final AtomicBoolean locked = new AtomicBoolean();

    private final Thread thread = Thread.currentThread();
    private boolean ours;
    private boolean foreign;

    @SuppressWarnings(
            "ThreadPriorityCheck") // Not relied on: a virtual thread that spins would keep its carrier to itself.
    void lock() {
        for (int i = 0; !locked.compareAndSet(false, true); i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    void unlock() {
        locked.set(false);
    }

    /** Interrupts the thread on behalf of a timer. The caller holds the lock. */
    void raise() {
        if (!ours) {
            ours = true;
            foreign = thread.isInterrupted();
        }
        thread.interrupt();
    }

    /**
     * Takes back what timers raised, on the thread itself. The caller holds the lock.
     *
     * @param outerFired whether an enclosing call has timed out too, and still wants the thread to come back
     */
    void lower(boolean outerFired) {
        boolean keep = outerFired || foreign;
        if (!outerFired) {
            ours = false;
            foreign = false;
        }
        if (keep) {
            thread.interrupt();
        } else {
            Thread.interrupted();
        }
    }
}
