package io.breaker.pipeline;

import java.util.concurrent.atomic.AtomicInteger;

/** How many are inside, and how many there ever were at one time. */
final class Level {

    private final AtomicInteger present = new AtomicInteger();
    private final AtomicInteger highest = new AtomicInteger();

    void enter() {
        int now = present.incrementAndGet();
        highest.accumulateAndGet(now, Math::max);
    }

    void exit() {
        present.decrementAndGet();
    }

    int present() {
        return present.get();
    }

    int highest() {
        return highest.get();
    }
}
