package io.breaker.time;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs tasks later on one daemon thread of its own, named {@code breaker-scheduler}.
 *
 * <p>The thread starts with the first task and inherits nothing from the one who scheduled it: no thread-locals, no
 * context class loader. A task that was cancelled leaves the queue at once. A task that throws is logged and disturbs no
 * other. Safe for concurrent use.
 */
public final class DaemonScheduler implements Scheduler, AutoCloseable {

    private static final Logger LOGGER = System.getLogger(DaemonScheduler.class.getName());

    private final ScheduledThreadPoolExecutor executor;

    DaemonScheduler() {
        executor = new ScheduledThreadPoolExecutor(1, DaemonScheduler::newThread);
        executor.setRemoveOnCancelPolicy(true);
    }

    /** The scheduler of the whole process. */
    static Scheduler shared() {
        return Shared.INSTANCE;
    }

    /**
     * {@inheritDoc}
     *
     * @throws RejectedExecutionException if the scheduler was closed
     */
    @Override
    public Task schedule(Runnable task, Duration delay) {
        Run run = new Run(Objects.requireNonNull(task, "task"));
        ScheduledFuture<?> future = executor.schedule(run, nanos(delay), TimeUnit.NANOSECONDS);
        return () -> run.claim() && removed(future);
    }

    /** Parks the calling thread without the help of the scheduler's own: it is not even started for this. */
    @Override
    public void pause(Duration delay) throws InterruptedException {
        long end = System.nanoTime() + nanos(delay);
        for (long left = nanos(delay); left > 0; left = end - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /**
     * Takes no more tasks. Those that wait still run at their time, so that nobody who waits for one waits for ever; the
     * thread ends after the last of them. Calling it again does nothing.
     */
    @Override
    public void close() {
        executor.shutdown();
    }

    /** How many tasks wait for their time. */
    int waiting() {
        return executor.getQueue().size();
    }

    /** How many threads there are: 0 or 1. */
    int threads() {
        return executor.getPoolSize();
    }

    private static boolean removed(ScheduledFuture<?> future) {
        future.cancel(/* mayInterruptIfRunning= */ false);
        return true;
    }

    /** What is longer than a {@code long} can say (292 years) is never over. */
    private static long nanos(Duration delay) {
        try {
            return delay.toNanos();
        } catch (ArithmeticException tooLong) {
            return delay.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, "breaker-scheduler", 0, /* inheritThreadLocals= */ false);
        thread.setDaemon(true);
        // Whoever schedules first must not keep his application's classes alive through this thread.
        thread.setContextClassLoader(DaemonScheduler.class.getClassLoader());
        return thread;
    }

    @Override
    public String toString() {
        return "DaemonScheduler";
    }

    /** Made when it is first asked for. */
    private static final class Shared {

        static final DaemonScheduler INSTANCE = new DaemonScheduler();
    }

    /** One task. A {@link ScheduledFuture} alone cannot tell that it is running: it would let itself be cancelled then. */
    private static final class Run implements Runnable {

        private final Runnable task;
        /** Whether it was decided what becomes of the task; whoever turns it to true runs the task or drops it. */
        private final AtomicBoolean claimed = new AtomicBoolean();

        Run(Runnable task) {
            this.task = task;
        }

        boolean claim() {
            return claimed.compareAndSet(false, true);
        }

        @Override
        public void run() {
            if (!claim()) {
                return;
            }
            try {
                task.run();
            } catch (Throwable thrown) {
                LOGGER.log(Level.WARNING, "a scheduled task threw", thrown);
            }
        }
    }
}
