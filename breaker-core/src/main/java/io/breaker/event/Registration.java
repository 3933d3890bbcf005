package io.breaker.event;

/** Ends a listener's registration. Safe for concurrent use. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /** Stops the listener from being told. Calling it again does nothing. A call under way on another thread may still end. */
    @Override
    void close();
}
