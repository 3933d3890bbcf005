package io.breaker.policy;

/**
 * A failure that holds on to something for whoever gets it, as that of an HTTP response holds on to its connection.
 * Exceptions implement it; a retry that makes another attempt releases the failure before it waits.
 */
public interface Releasable {

    /** Lets go of what it holds: nobody is going to use it. May be called more than once. */
    void release();
}
