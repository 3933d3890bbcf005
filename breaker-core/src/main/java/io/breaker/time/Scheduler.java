package io.breaker.time;

import java.time.Duration;

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
