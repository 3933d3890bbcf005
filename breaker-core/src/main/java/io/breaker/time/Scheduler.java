package io.breaker.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs tasks later, each of them once.
 *
 * <p>Implementations are safe for concurrent use.
 */
public interface Scheduler {

    /**
     * Runs a task once after a delay, on a thread of the scheduler's own choice and never before this method returns.
     *
     * @param task what to run; must not block
     * @param delay how long to wait at least; zero and less mean as soon as possible
     * @return cancels the task
     */
    Task schedule(Runnable task, Duration delay);

    /**
     * Holds the calling thread until a delay is over, by the scheduler's own idea of time. The thread parks: no lock is
     * held, and a virtual thread gives its carrier back.
     *
     * @param delay how long to wait at least; zero and less do not wait
     * @throws InterruptedException if the thread is interrupted before the delay is over; the interrupt flag is then
     *     clear
     */
    default void pause(Duration delay) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (delay.isZero() || delay.isNegative()) {
            return;
        }
        Thread waiting = Thread.currentThread();
        // Set before the thread is unparked: park may also return for no reason.
        AtomicBoolean over = new AtomicBoolean();
        Task wakeUp = schedule(
                () -> {
                    over.set(true);
                    LockSupport.unpark(waiting);
                },
                delay);
        while (!over.get()) {
            if (Thread.interrupted()) {
                wakeUp.cancel();
                throw new InterruptedException();
            }
            LockSupport.park(over);
        }
    }

    /**
     * Makes a scheduler with one daemon thread, which starts with the first task.
     *
     * @return a new scheduler; close it to end its thread
     */
    static DaemonScheduler daemon() {
        return new DaemonScheduler();
    }

    /**
     * Gives the scheduler of the whole process: what policies use that were given none. It has one daemon thread, which
     * starts with the first task, and is never closed.
     *
     * @return always the same scheduler
     */
    static Scheduler shared() {
        return DaemonScheduler.shared();
    }

    /** A task that waits for its time. Safe for concurrent use. */
    @FunctionalInterface
    interface Task {

        /**
         * Keeps the task from running, unless it began already.
         *
         * @return whether this call prevented the run; false when the task began or ended, or was cancelled before
         */
        boolean cancel();
    }
}
