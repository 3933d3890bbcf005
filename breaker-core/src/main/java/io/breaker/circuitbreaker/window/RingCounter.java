package io.breaker.circuitbreaker.window;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The last n calls in a ring of n slots, without a lock. */
final class RingCounter extends WindowCounter {

    /*
     * Invariants
     *
     * - A call takes a ticket and writes the slot `ticket % size`. A slot holds the lap of the ticket that wrote it
     *   and the call's code, in one int. A slot changes by compareAndSet to a later lap and in no other way, so a
     *   writer that was held up for a whole lap finds a later lap in its slot and leaves: its call is no longer among
     *   the last n. At rest the slots therefore hold the last n tickets, each once.
     * - The code is 0 for a fast success; else the lowest bit says failed, the others how many slow thresholds were
     *   reached. A slot that was never written is 0 too: `total` tells which slots count, and 0 adds to no other sum.
     * - `failures` and `slow` change by the difference between the code that entered a slot and the code it replaced,
     *   after the swap. At rest they are the sums over the slots; in between they may lag by the calls being recorded.
     * - `troubled` is never below the number of slots whose code is not 0: it goes up before such a code is written,
     *   and down after one was replaced. So when it is 0 and the ring is full, every slot holds a fast success, and one
     *   more fast success changes nothing: it takes no ticket and writes nothing. That keeps a healthy breaker from
     *   writing memory that its threads share.
     *
     * Not guaranteed: that a lap is told from one 2^(32 - codeBits) laps later.
     */
    private final int size;
    private final int codeBits;
    private final int codeMask;
    private final long watchedCalls;
    private final AtomicIntegerArray slots;
    private final AtomicLong tickets = new AtomicLong();
    private final AtomicInteger troubled = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicIntegerArray slow;
    private final @Nullable LatencyRing latencies;

    RingCounter(int size, WindowRules rules) {
        super(new SlowThresholds(rules.slowThresholds()));
        this.size = size;
        int highestCode = thresholds.size() << 1 | 1;
        this.codeBits = Integer.SIZE - Integer.numberOfLeadingZeros(highestCode);
        this.codeMask = (1 << codeBits) - 1;
        this.watchedCalls = rules.watchedCalls();
        this.slots = new AtomicIntegerArray(size);
        this.slow = new AtomicIntegerArray(thresholds.size());
        this.latencies = rules.meanLatency() ? new LatencyRing(size) : null;
    }

    @Override
    public Change record(boolean failed, long latency, long now) {
        int code = thresholds.level(latency) << 1 | (failed ? 1 : 0);
        if (code == 0 && holdsFastSuccessesOnly()) {
            return Change.NONE;
        }
        if (code != 0) {
            troubled.incrementAndGet();
        }
        long ticket = tickets.getAndIncrement();
        int replaced = write((int) (ticket % size), ticket / size + 1, code, latency);
        count(code, replaced);
        return code == 0 && ticket >= watchedCalls ? Change.BETTER : Change.NEWS;
    }

    private boolean holdsFastSuccessesOnly() {
        return latencies == null && troubled.get() == 0 && tickets.get() >= size;
    }

    /** Writes a slot and gives the code that left the window: the slot's, or the call's own where it came too late. */
    private int write(int index, long lap, int code, long latency) {
        if (latencies != null) {
            latencies.write(index, lap, latency);
        }
        int mine = (int) (lap << codeBits) | code;
        while (true) {
            int found = slots.get(index);
            // Compared as a difference, so that a lap that has wrapped around is still later than the one before it.
            if ((mine & ~codeMask) - (found & ~codeMask) <= 0) {
                return code;
            }
            if (slots.compareAndSet(index, found, mine)) {
                return found & codeMask;
            }
        }
    }

    private void count(int entered, int left) {
        int failureChange = (entered & 1) - (left & 1);
        if (failureChange != 0) {
            failures.addAndGet(failureChange);
        }
        for (int i = left >> 1; i < entered >> 1; i++) {
            slow.incrementAndGet(i);
        }
        for (int i = entered >> 1; i < left >> 1; i++) {
            slow.decrementAndGet(i);
        }
        if (left != 0) {
            troubled.decrementAndGet();
        }
    }

    @Override
    public long total() {
        return Math.min(tickets.get(), size);
    }

    @Override
    public long failures() {
        return Math.max(failures.get(), 0);
    }

    @Override
    public long slow(Duration threshold) {
        int index = thresholds.indexOf(threshold);
        return index < 0 ? 0 : slowAt(index);
    }

    private long slowAt(int index) {
        return Math.max(slow.get(index), 0);
    }

    @Override
    public double meanLatencyNanos() {
        long calls = total();
        return latencies == null || calls == 0 ? Double.NaN : latencies.sum() / calls;
    }

    @Override
    public CallStats stats(long now) {
        return stats(failures(), thresholds.counts(this::slowAt), meanLatencyNanos(), total());
    }
}
