package io.breaker.circuitbreaker.window;

import java.util.concurrent.locks.LockSupport;

/** How to wait for a thread that needs a few instructions more, unless the machine has taken its core away. */
final class Spin {

    private static final int SPINS = 64;
    private static final int YIELDS = 1_024;
    private static final long PARK_NANOS = 50_000;

    private Spin() {}

    /** Waits a little: on the core first, then giving it to others, then giving it up for a moment. */
    @SuppressWarnings("ThreadPriorityCheck") // A yield only saves time: nothing rests on it.
    static void pause(int tries) {
        if (tries < SPINS) {
            Thread.onSpinWait();
        } else if (tries < YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PARK_NANOS);
        }
    }
}
