package io.breaker.circuitbreaker.window;

import io.breaker.circuitbreaker.window.Stripe.Entry;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Counts what became of every call of one breaker, in all its states, and the successes of its windows with them.
 *
 * <p>Threads that call at the same time write to stripes of their own, as those of a
 * {@link java.util.concurrent.atomic.LongAdder} do, after Dice, Lev and Moir, <i>Scalable Statistics Counters</i> (2013).
 * Safe for concurrent use. A call that is counted waits for no other thread as long as there is a stripe nobody writes.
 * Sums read while calls end may lack some of them; at rest they are exact.
 */
public final class CallTally {

    /** Stands for the latency of a call that was not timed. */
    public static final long UNMEASURED = -1;

    /** How many stripes there may be: enough that threads on all cores seldom meet; a power of two. */
    private static final int MOST_STRIPES =
            Integer.highestOneBit(Math.max(Runtime.getRuntime().availableProcessors(), 1) * 4 - 1);

    /** The golden ratio's share of 2^32, which spreads numbers in a row evenly. */
    private static final int GOLDEN = 0x9E37_79B9;

    /** After how many meetings of threads they are spread anew. */
    private static final int PATIENCE = 64;

    private static final AtomicReferenceFieldUpdater<CallTally, Stripe[]> MORE =
            AtomicReferenceFieldUpdater.newUpdater(CallTally.class, Stripe[].class, "more");

    private static final AtomicIntegerFieldUpdater<CallTally> HAND_OVERS =
            AtomicIntegerFieldUpdater.newUpdater(CallTally.class, "handOvers");

    /*
     * Invariants
     *
     * - Each call is added to exactly one stripe, once. A stripe that was ever written stays among those that are read.
     * - `more` is null until two threads met; from then on calls go to the stripes in it and `first` is only read. It
     *   changes by compareAndSet to a longer array with the same stripes in front. So a breaker that sees one call at a
     *   time has one stripe, and the others cost their memory only where they are needed.
     * - `multiplier` is odd and says which thread goes to which stripe. Any will do; where threads keep meeting another is
     *   drawn. `meetings` is counted roughly, because an exact count would be one more thing to meet at.
     * - `handOvers` goes up within each hand-over of a stripe to a SuccessCount, after the count was raised. Who finds it
     *   unchanged around a sum over counts and stripes has seen no success twice and missed none.
     */
    private final Stripe first = new PaddedStripe();

    private volatile Stripe @Nullable [] more;
    private volatile int handOvers;
    private volatile int multiplier = GOLDEN;
    private int meetings;

    /** Makes a tally of no calls. */
    public CallTally() {}

    /**
     * The counts, in calls, and their latencies. Immutable.
     *
     * @param succeeded calls that succeeded
     * @param failed calls that failed
     * @param ignored calls that were neither
     * @param rejected calls that were not let in
     * @param untimed calls, succeeded or failed, whose latency was not measured
     * @param succeededNanos the latencies of those that succeeded
     * @param failedNanos the latencies of those that failed
     */
    public record Sums(
            long succeeded,
            long failed,
            long ignored,
            long rejected,
            long untimed,
            long succeededNanos,
            long failedNanos) {

        static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * Counts a success that no window counts.
     *
     * @param latency how long it took, in nanoseconds, or {@link #UNMEASURED}
     */
    public void succeeded(long latency) {
        add(Entry.SUCCEEDED, latency, null);
    }

    /**
     * Counts a failure.
     *
     * @param latency how long it took, in nanoseconds, or {@link #UNMEASURED}
     */
    public void failed(long latency) {
        add(Entry.FAILED, latency, null);
    }

    /** Counts a call that was neither success nor failure. */
    public void ignored() {
        add(Entry.IGNORED, UNMEASURED, null);
    }

    /** Counts a call that was not let in. */
    public void rejected() {
        add(Entry.REJECTED, UNMEASURED, null);
    }

    /**
     * Sums up the stripes.
     *
     * @return everything counted so far
     */
    public Sums sums() {
        Sums sums = first.addTo(Sums.NONE);
        Stripe[] others = more;
        if (others != null) {
            for (Stripe stripe : others) {
                sums = stripe.addTo(sums);
            }
        }
        return sums;
    }

    /** Counts a success for a window too. Gives the number that its stripe holds for that count. */
    long succeeded(long latency, SuccessCount into) {
        return add(Entry.SUCCEEDED, latency, into);
    }

    /** Tells whether a stripe may hold less than all successes of a count. */
    boolean isStriped() {
        return more != null;
    }

    /** Gives the stripe that a count window takes while it writes: there is one, and others seldom need it. */
    Stripe exclusive() {
        return first;
    }

    /** Tells how many successes were counted for a window, but for those that {@link #exclusive} still holds. */
    long successesElsewhere(SuccessCount wanted) {
        long sum = wanted.handedOver();
        Stripe[] others = more;
        if (others != null) {
            for (Stripe stripe : others) {
                sum += stripe.successesOf(wanted);
            }
        }
        return sum;
    }

    /** Tells how many successes of slices from a number on the stripes have not handed over yet. */
    long successesIn(SliceCounter window, long firstSlice) {
        long sum = first.successesIn(window, firstSlice);
        Stripe[] others = more;
        if (others != null) {
            for (Stripe stripe : others) {
                sum += stripe.successesIn(window, firstSlice);
            }
        }
        return sum;
    }

    /** Gives a number that changes when a stripe hands over what it holds. */
    int handOvers() {
        return handOvers;
    }

    /** Takes note of a hand-over, within it. */
    void handedOver() {
        HAND_OVERS.incrementAndGet(this);
    }

    private long add(Entry entry, long latency, @Nullable SuccessCount into) {
        Stripe[] others = more;
        Stripe stripe = others == null ? first : others[place(others)];
        long held = stripe.add(entry, latency, into, this);
        return held == Stripe.BUSY ? addBesideOthers(entry, latency, into) : held;
    }

    /** Goes from stripe to stripe, and makes more of them as long as there may be more. */
    private long addBesideOthers(Entry entry, long latency, @Nullable SuccessCount into) {
        Stripe[] others = grown(more);
        if (++meetings % PATIENCE == 0) {
            multiplier = ThreadLocalRandom.current().nextInt() | 1;
        }
        int place = place(others);
        for (int tries = 0; ; tries++) {
            long held = others[(place + tries) & (others.length - 1)].add(entry, latency, into, this);
            if (held != Stripe.BUSY) {
                return held;
            }
            if (tries >= others.length) {
                Spin.pause(tries);
            }
        }
    }

    private Stripe[] grown(Stripe @Nullable [] found) {
        int length = found == null ? 0 : found.length;
        if (found != null && length >= MOST_STRIPES) {
            return found;
        }
        Stripe[] longer = new Stripe[Math.max(2 * length, 2)];
        for (int i = 0; i < longer.length; i++) {
            longer[i] = found != null && i < length ? found[i] : new PaddedStripe();
        }
        MORE.compareAndSet(this, found, longer);
        Stripe[] present = more;
        return present == null ? longer : present;
    }

    /**
     * Gives the stripe of this thread by multiplicative hashing: the highest bits of the product (Knuth, <i>The Art of
     * Computer Programming</i>, volume 3, section 6.4).
     */
    private int place(Stripe[] stripes) {
        int product = (int) Thread.currentThread().getId() * multiplier;
        return product >>> Integer.numberOfLeadingZeros(stripes.length - 1);
    }
}
