package io.breaker.circuitbreaker.window;

import java.time.Duration;

/**
 * The last n calls in a ring. A fast success is only counted, on a stripe of its thread; it is written into the ring when
 * somebody has to know: a call that failed or was slow, or a reader.
 */
final class RingCounter extends WindowCounter {

    /** Every how many of its successes a stripe looks whether the window has become clean. */
    private static final int LOOK_EVERY = 64;

    /*
     * Invariants
     *
     * - A fast success adds itself to `successes` and leaves. Any other call, and whoever reads, sums `successes` up, takes
     *   the stripe that is `exclusive` and writes those that the ring lacks, then itself. The ring is written by the
     *   thread that has taken `exclusive` and by nobody else; so the calls stand in it in the order in which they took it,
     *   each behind as many successes as it had counted or the ring held. They could have come in that order, and at
     *   rest the ring holds exactly the last n.
     * - The call adds itself to the tally meanwhile: one atomic operation does for both.
     * - `clean` is true only while the ring is full of fast successes: one more changes nothing then. Who writes anything
     *   else sets it to false before it reads `successes`; a success reads it after it was counted. So a success that
     *   still finds it true was counted before that call, and stands before it. Only a success that is judged sets it to
     *   true: the successes it has written, which may find it so, are judged with it. A reader would judge none.
     * - `watched` turns true, once, when the ring holds `watchedCalls` calls: it never holds less again. For the same
     *   reason no reader sets it.
     */
    private final int size;
    private final long watchedCalls;
    private final boolean writesAll;
    private final CallTally tally;
    private final Stripe exclusive;
    private final SuccessCount successes = new SuccessCount();
    private final CallRing ring;

    private volatile boolean clean;
    private volatile boolean watched;

    RingCounter(int size, WindowRules rules, CallTally tally) {
        super(SlowThresholds.of(rules.slowThresholds()));
        this.size = size;
        this.watchedCalls = rules.watchedCalls();
        this.writesAll = rules.meanLatency();
        this.tally = tally;
        this.exclusive = tally.exclusive();
        this.ring = new CallRing(size, thresholds, rules.meanLatency());
    }

    @Override
    public Change record(boolean failed, long latency, long now) {
        int code = CallRing.code(failed, thresholds.level(latency));
        if (code != 0 || writesAll) {
            return write(code, latency);
        }
        long held = tally.succeeded(latency, successes);
        if (clean) {
            return Change.NONE;
        }
        boolean better = watched;
        if (!better || mayBeClean(held)) {
            writeSuccesses(/* judged= */ true);
        }
        return better ? Change.BETTER : Change.NEWS;
    }

    /** Tells whether a look is worth it. Where threads have stripes of their own, the sum would be dear for each call. */
    private boolean mayBeClean(long held) {
        return tally.isStriped() ? held % LOOK_EVERY == 0 : held + successes.handedOver() >= ring.cleanFrom();
    }

    private Change write(int code, long latency) {
        boolean better = code == 0 && watched;
        // Read before the stripe is taken: what other cores hold takes time to come by, which nobody should wait for.
        int handOvers = tally.handOvers();
        long elsewhere = tally.successesElsewhere(successes);
        int released = exclusive.take();
        try {
            if (CallRing.isFailed(code)) {
                exclusive.writeFailure(latency);
            } else {
                exclusive.writeSuccess(latency);
            }
            if (clean) {
                clean = false;
                // Once more: a success that found it true was counted by now, but perhaps not when that was read.
                handOvers = tally.handOvers();
                elsewhere = tally.successesElsewhere(successes);
            }
            bringUpToDate(handOvers, elsewhere);
            ring.write(code, latency);
            watch();
            exclusive.release();
        } catch (Throwable thrown) {
            ring.torn = true;
            exclusive.version = released;
            throw thrown;
        }
        return better ? Change.BETTER : Change.NEWS;
    }

    private void writeSuccesses(boolean judged) {
        int handOvers = tally.handOvers();
        long elsewhere = tally.successesElsewhere(successes);
        int released = exclusive.take();
        try {
            bringUpToDate(handOvers, elsewhere);
            if (judged) {
                tellSuccesses();
            }
            exclusive.release();
        } catch (Throwable thrown) {
            ring.torn = true;
            exclusive.version = released;
            throw thrown;
        }
    }

    /** Writes the successes that were counted when {@code elsewhere} was read, and since where that was too early. */
    private void bringUpToDate(int handOvers, long elsewhere) {
        if (ring.torn) {
            ring.mend();
        }
        int seen = handOvers;
        long sum = elsewhere;
        while (tally.handOvers() != seen) {
            seen = tally.handOvers();
            sum = tally.successesElsewhere(successes);
        }
        ring.writeFastSuccessesUpTo(sum + exclusive.successesWhileTaken(successes));
    }

    /** Tells the successes to come what they change, where that is another thing than before. */
    private void tellSuccesses() {
        watch();
        if (!clean && ring.isCleanAndFull()) {
            clean = true;
        }
    }

    private void watch() {
        if (!watched && ring.total() >= watchedCalls) {
            watched = true;
        }
    }

    @Override
    public WindowFigures judged() {
        return ring;
    }

    @Override
    public long total() {
        writeSuccesses(/* judged= */ false);
        return ring.total();
    }

    @Override
    public long failures() {
        writeSuccesses(/* judged= */ false);
        return ring.failures();
    }

    @Override
    public long slow(Duration threshold) {
        writeSuccesses(/* judged= */ false);
        return ring.slow(threshold);
    }

    @Override
    public double meanLatencyNanos() {
        writeSuccesses(/* judged= */ false);
        return ring.meanLatencyNanos();
    }

    @Override
    public int failureStreak() {
        writeSuccesses(/* judged= */ false);
        return ring.failureStreak();
    }

    @Override
    public CallStats stats(long now) {
        long[] slow = new long[thresholds.size()];
        if (clean) {
            return stats(0, thresholds.counts(index -> slow[index]), Double.NaN, size);
        }
        long failures;
        long total;
        double mean;
        int handOvers = tally.handOvers();
        long elsewhere = tally.successesElsewhere(successes);
        int released = exclusive.take();
        try {
            bringUpToDate(handOvers, elsewhere);
            failures = ring.failures();
            ring.copySlowTo(slow);
            mean = ring.meanLatencyNanos();
            total = ring.total();
            exclusive.release();
        } catch (Throwable thrown) {
            ring.torn = true;
            exclusive.version = released;
            throw thrown;
        }
        return stats(failures, thresholds.counts(index -> slow[index]), mean, total);
    }
}
