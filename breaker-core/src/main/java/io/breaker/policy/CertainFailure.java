package io.breaker.policy;

/**
 * An exception that is a failure whatever a tracker says, because what it tells of is one by itself: a call that did not
 * end in time, say. A tracker names exceptions of the service that is called; nobody would think of naming these, and a
 * circuit that stayed closed for that would never say why.
 *
 * <p>A circuit breaker records it as a failure, and a retry without a tracker of its own tries again. Where a retry has its
 * own tracker, that has the say.
 */
public interface CertainFailure {}
