package io.breaker.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/** A thread that may be interrupted while it makes a call, and knows afterwards whether it was. */
final class Target {

    private enum State {
        SAFE,
        EXPOSED,
        STRIKING,
        STRUCK
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.SAFE);
    private volatile Thread thread = Thread.currentThread();

    /** From now on the calling thread may be interrupted, once. */
    void expose() {
        thread = Thread.currentThread();
        state.set(State.EXPOSED);
    }

    /** Interrupts the thread if it makes a call and was not interrupted in it. */
    void strike() {
        if (state.compareAndSet(State.EXPOSED, State.STRIKING)) {
            thread.interrupt();
            state.set(State.STRUCK);
        }
    }

    /** Ends that. An interrupt has landed, or comes no more; tells which. */
    boolean withdraw() {
        if (state.compareAndSet(State.EXPOSED, State.SAFE)) {
            return false;
        }
        while (state.get() != State.STRUCK) {
            Thread.onSpinWait();
        }
        state.set(State.SAFE);
        return true;
    }
}
