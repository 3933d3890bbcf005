package io.breaker.circuitbreaker.window;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A share of a {@link CallTally}: the counts of the threads that write here. One atomic operation lets a call write all of
 * its figures, where an adder for each would take one each.
 */
abstract class Stripe extends CacheLine {

    /** What became of a call. */
    enum Entry {
        SUCCEEDED,
        FAILED,
        IGNORED,
        REJECTED
    }

    /** Says that a thread was writing, so that nothing was added. */
    static final long BUSY = -1;

    private static final AtomicIntegerFieldUpdater<Stripe> VERSION =
            AtomicIntegerFieldUpdater.newUpdater(Stripe.class, "version");

    /*
     * Invariants
     *
     * - `version` is odd while a thread writes and even else; it goes up by compareAndSet from even to odd and by that
     *   thread from odd to even. So at most one thread writes, and nobody waits for it: who finds it writing goes to
     *   another stripe.
     * - The other fields are written while `version` is odd and by nobody else. Who reads them compares `version` before
     *   and after (a sequence lock) and so sees the figures between two calls.
     * - `successes` are those counted for `count` since the stripe turned to it. Those of another count were handed over
     *   to it before `count` changed.
     * - Between the two writes of `version` stands no code but this package's, and no object is made: some tens of
     *   nanoseconds at most. Whatever is thrown there (a stack that is full) leaves the stripe free: by an assignment,
     *   because on a stack that is full no method can be called, not even one that frees the stripe.
     */
    volatile int version;

    private @Nullable SuccessCount count;
    private long ignored;
    private long rejected;
    /** Calls, succeeded or failed, without a latency; counted rather than the others, which are many more. */
    private long untimed;

    private long failed;
    private long failedNanos;
    private long successes;
    private long succeeded;
    private long succeededNanos;

    /**
     * Adds a call, unless another thread is writing.
     *
     * @param entry what became of it
     * @param latency in nanoseconds, or below 0 where it was not timed
     * @param into counts it as a success, too; null for a call that no window counts here
     * @param tally is told when another count is turned to
     * @return what this stripe holds for {@code into} with the call; {@link #BUSY} if nothing was added
     */
    final long add(Entry entry, long latency, @Nullable SuccessCount into, CallTally tally) {
        int free = version;
        if ((free & 1) != 0 || !VERSION.compareAndSet(this, free, free + 1)) {
            return BUSY;
        }
        try {
            if (into != null) {
                if (into != count) {
                    turnTo(into, tally);
                }
                successes++;
            }
            write(entry, latency);
            long held = successes;
            // Release is enough: the next writer's compareAndSet and the readers' acquire see all that stands above.
            VERSION.lazySet(this, free + 2);
            return held;
        } catch (Throwable thrown) {
            version = free + 2;
            throw thrown;
        }
    }

    /**
     * Waits until nobody writes, and keeps others from writing until {@link #release}. Gives what {@code version} is to be
     * set to instead if something is thrown in between.
     */
    final int take() {
        int free = awaitFree();
        while (!VERSION.compareAndSet(this, free, free + 1)) {
            free = awaitFree();
        }
        return free + 2;
    }

    /** Ends what {@link #take} began. */
    final void release() {
        VERSION.lazySet(this, version + 1);
    }

    private void write(Entry entry, long latency) {
        switch (entry) {
            case SUCCEEDED -> writeSuccess(latency);
            case FAILED -> writeFailure(latency);
            case IGNORED -> ignored++;
            case REJECTED -> rejected++;
        }
    }

    /** Adds a success, by the thread that has taken this stripe. */
    final void writeSuccess(long latency) {
        succeeded++;
        if (latency >= 0) {
            succeededNanos += latency;
        } else {
            untimed++;
        }
    }

    /** Adds a failure, by the thread that has taken this stripe. */
    final void writeFailure(long latency) {
        failed++;
        if (latency >= 0) {
            failedNanos += latency;
        } else {
            untimed++;
        }
    }

    private void turnTo(SuccessCount next, CallTally tally) {
        if (count != null && successes > 0) {
            count.add(successes);
        }
        successes = 0;
        count = next;
        tally.handedOver();
    }

    /** Tells how many successes of a count are here, to the thread that has taken this stripe. */
    final long successesWhileTaken(SuccessCount wanted) {
        return count == wanted ? successes : 0;
    }

    /** Tells how many successes of a count are here. */
    final long successesOf(SuccessCount wanted) {
        while (true) {
            int before = awaitFree();
            long held = count == wanted ? successes : 0;
            if (unchangedSince(before)) {
                return held;
            }
        }
    }

    /** Tells how many successes are here for slices of a time window, from one slice on. */
    final long successesIn(SliceCounter window, long firstSlice) {
        while (true) {
            int before = awaitFree();
            long held = count instanceof Slice slice && window.holds(slice, firstSlice) ? successes : 0;
            if (unchangedSince(before)) {
                return held;
            }
        }
    }

    /** Adds the counts to those of other stripes. */
    final CallTally.Sums addTo(CallTally.Sums others) {
        while (true) {
            int before = awaitFree();
            var sums = new CallTally.Sums(
                    others.succeeded() + succeeded,
                    others.failed() + failed,
                    others.ignored() + ignored,
                    others.rejected() + rejected,
                    others.untimed() + untimed,
                    others.succeededNanos() + succeededNanos,
                    others.failedNanos() + failedNanos);
            if (unchangedSince(before)) {
                return sums;
            }
        }
    }

    private int awaitFree() {
        int seen = version;
        for (int tries = 0; (seen & 1) != 0; tries++) {
            Spin.pause(tries);
            seen = version;
        }
        return seen;
    }

    private boolean unchangedSince(int before) {
        // Keeps the reads above from being made after the version is read again.
        VarHandle.acquireFence();
        return version == before;
    }
}
