package io.breaker.bulkhead;

import java.util.concurrent.locks.LockSupport;

/** A thread that waits for a slot. */
final class SyncWaiter extends Waiter {

    enum Outcome {
        WAITING,
        GRANTED,
        TIMED_OUT,
        INTERRUPTED
    }

    private final Thread thread = Thread.currentThread();
    /** Leaves WAITING once, written by who took the waiter out of the queue. */
    private volatile Outcome outcome = Outcome.WAITING;

    SyncWaiter(Slots slots) {
        super(slots);
    }

    /**
     * Parks until the waiter is out of the queue. An interrupt takes it out, unless a slot or its timer came first; the
     * flag is up again afterwards.
     */
    Outcome await() {
        boolean interrupted = false;
        while (outcome == Outcome.WAITING) {
            if (!Thread.interrupted()) {
                LockSupport.park(this);
            } else {
                interrupted = true;
                if (slots.quit(this)) {
                    leftQueue();
                    outcome = Outcome.INTERRUPTED;
                }
            }
        }
        if (interrupted) {
            thread.interrupt();
        }
        return outcome;
    }

    @Override
    void granted() {
        leftQueue();
        wakeWith(Outcome.GRANTED);
    }

    @Override
    void timedOut() {
        wakeWith(Outcome.TIMED_OUT);
    }

    private void wakeWith(Outcome reached) {
        outcome = reached;
        LockSupport.unpark(thread);
    }
}
