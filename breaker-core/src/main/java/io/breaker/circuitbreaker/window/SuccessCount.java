package io.breaker.circuitbreaker.window;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The fast successes that a window counts in one place: all of a count window, or those of one slice of a time window.
 *
 * <p>A call does not write here. It adds itself to its thread's {@link Stripe}, which hands over what it holds when it
 * turns to another count; so the number is this one plus what the stripes still hold, see {@link CallTally#successes}.
 */
class SuccessCount {

    private static final AtomicLongFieldUpdater<SuccessCount> HANDED_OVER =
            AtomicLongFieldUpdater.newUpdater(SuccessCount.class, "handedOver");

    /** What stripes have handed over; it only grows, by the one stripe at a time that is being written. */
    private volatile long handedOver;

    final void add(long successes) {
        HANDED_OVER.addAndGet(this, successes);
    }

    final long handedOver() {
        return handedOver;
    }
}
