package io.breaker.timeout;

import io.breaker.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Interrupts the thread of one call when its time is up, and never after the call has ended. */
final class InterruptTimer implements Runnable {

    /** The innermost timed call of the thread; empty outside of one, so that nothing stays in a pool's thread. */
    private static final ThreadLocal<InterruptTimer> INNERMOST = new ThreadLocal<>();

    private enum State {
        RUNNING,
        FIRED,
        ENDED
    }

    private final @Nullable InterruptTimer outer;
    private final InterruptFlag flag;
    /** Guarded by the lock of {@code flag}. From RUNNING to one of the others, once. */
    private State state = State.RUNNING;
    /** Written and read by the calling thread alone. */
    private Scheduler.@Nullable Task task;

    private InterruptTimer(@Nullable InterruptTimer outer) {
        this.outer = outer;
        this.flag = outer == null ? new InterruptFlag() : outer.flag;
    }

    /** Starts the timer of a call that begins on the calling thread. */
    static InterruptTimer start(Scheduler scheduler, Duration limit) {
        InterruptTimer timer = new InterruptTimer(INNERMOST.get());
        // Before it becomes the innermost: a scheduler that refuses must leave nothing behind.
        timer.task = scheduler.schedule(timer, limit);
        INNERMOST.set(timer);
        return timer;
    }

    /** Interrupts the call, unless it has ended. */
    @Override
    public void run() {
        flag.lock();
        try {
            if (state == State.RUNNING) {
                state = State.FIRED;
                flag.raise();
            }
        } finally {
            flag.unlock();
        }
    }

    /**
     * Stops the timer at the end of the call. From now on it interrupts nobody; where it has, the interrupt is taken back.
     *
     * @return whether the timer had interrupted the call
     */
    boolean stop() {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
        boolean fired = end();
        if (!fired && task != null) {
            task.cancel();
        }
        return fired;
    }

    private boolean end() {
        flag.lock();
        try {
            if (state == State.RUNNING) {
                state = State.ENDED;
                return false;
            }
            flag.lower(outerFired());
            return true;
        } finally {
            flag.unlock();
        }
    }

    private boolean outerFired() {
        InterruptTimer enclosing = outer;
        while (enclosing != null && enclosing.state != State.FIRED) {
            enclosing = enclosing.outer;
        }
        return enclosing != null;
    }
}
