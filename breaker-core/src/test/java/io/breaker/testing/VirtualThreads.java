package io.breaker.testing;

import java.lang.reflect.Method;

/** Starts virtual threads where the JDK has them (21 and newer); the tests are compiled for 17. */
public final class VirtualThreads {

    private VirtualThreads() {}

    /** Starts a virtual thread. */
    public static Thread start(Runnable work) {
        try {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            return (Thread) start.invoke(null, work);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("no virtual threads on this JDK", e);
        }
    }
}
