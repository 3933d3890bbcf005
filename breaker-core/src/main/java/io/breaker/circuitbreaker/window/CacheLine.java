package io.breaker.circuitbreaker.window;

/**
 * Space in front of the fields of an object that one thread writes while others read its neighbours: a write takes the
 * cache line, 64 bytes, away from them. Without it a call of two threads cost twice as much in every second process,
 * depending on where the objects came to lie.
 *
 * <p>The JDK lays out the fields of a superclass first, but fills gaps of theirs with fields of the subclass; the int is
 * there so that there is no gap behind the header.
 */
@SuppressWarnings("unused") // Takes up space, which is its use.
abstract class CacheLine {

    private int p0;
    private long p1, p2, p3, p4, p5, p6, p7, p8;
}
