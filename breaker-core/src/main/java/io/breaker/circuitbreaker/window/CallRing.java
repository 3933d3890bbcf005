package io.breaker.circuitbreaker.window;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last n calls as codes of a few bits, and the figures of them. Not safe for concurrent use: {@link RingCounter} lets
 * one thread write at a time.
 *
 * <p>The figures are plain fields that other threads may read meanwhile. Whoever judges a call reads what that call wrote
 * or something newer, and what it concludes is looked at again on figures that were read exactly.
 */
final class CallRing implements WindowFigures {

    private static final int[] NO_COUNTS = {};

    /*
     * Invariants
     *
     * - The code of a call is 0 for a fast success; else the lowest bit says failed, the others how many slow thresholds
     *   were reached. A slot that was never written is 0 too, and adds to no sum.
     * - A slot has 2^widthShift bits, the smallest power of two that a code fits: so no slot crosses two words.
     * - `failures` and `slow` are the sums over the slots; `slow[0]` counts every call that was not fast. `filled` slots
     *   have been written, up to all.
     * - `streak` is the number of failures at the end.
     * - `successes` is how many fast successes have been written; from `cleanFrom` on every other call has left.
     * - `torn` says that a writer was thrown out on its way, by a stack that was full: the sums may not be those of the
     *   slots, until the next writer mends them.
     */
    private final int size;
    private final SlowThresholds thresholds;
    private final int widthShift;
    private final int mask;
    private final long[] words;
    private final int[] slow;
    private final @Nullable LatencyRing latencies;
    private int next;
    private int filled;
    private int failures;
    private int streak;
    private long successes;
    private long cleanFrom;
    /** Set from outside, where no method can be called any more. */
    boolean torn;

    CallRing(int size, SlowThresholds thresholds, boolean meanLatency) {
        this.size = size;
        this.thresholds = thresholds;
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(code(true, thresholds.size()));
        this.widthShift = Integer.SIZE - Integer.numberOfLeadingZeros(bits - 1);
        this.mask = (1 << (1 << widthShift)) - 1;
        this.words = new long[(int) ((((long) size << widthShift) + Long.SIZE - 1) / Long.SIZE)];
        this.slow = thresholds.size() == 0 ? NO_COUNTS : new int[thresholds.size()];
        this.latencies = meanLatency ? new LatencyRing(size) : null;
        this.cleanFrom = size;
    }

    /** Gives the code of a call. */
    static int code(boolean failed, int level) {
        return level << 1 | (failed ? 1 : 0);
    }

    static boolean isFailed(int code) {
        return (code & 1) != 0;
    }

    /** Tells whether every slot holds a fast success, so that one more changes nothing. */
    boolean isCleanAndFull() {
        return filled == size && isClean() && latencies == null;
    }

    private boolean isClean() {
        return failures == 0 && (slow.length == 0 || slow[0] == 0);
    }

    /** Tells from how many fast successes on the ring may hold nothing else. */
    long cleanFrom() {
        return cleanFrom;
    }

    /** Writes one call over the oldest. */
    void write(int code, long latency) {
        if (latencies != null) {
            latencies.write(next, latency);
        }
        replaceNext(code);
        streak = isFailed(code) ? streak + 1 : 0;
        cleanFrom = successes + size;
        advance(1);
    }

    private void replaceNext(int code) {
        int bit = next << widthShift;
        int word = bit >>> 6;
        int replaced = (int) (words[word] >>> bit) & mask;
        if (replaced != code) {
            words[word] ^= (long) (replaced ^ code) << bit;
            count(replaced, -1);
            count(code, 1);
        }
    }

    /** Writes fast successes over the oldest calls, as many as there are above those that have been written. */
    void writeFastSuccessesUpTo(long counted) {
        if (counted <= successes) {
            return;
        }
        int slots = (int) Math.min(counted - successes, size);
        successes = counted;
        if (slots == 1) {
            replaceNext(0);
        } else if (!isClean()) {
            int end = next + slots;
            clear(next, Math.min(end, size));
            clear(0, end - size);
        }
        streak = 0;
        advance(slots);
    }

    private void advance(int slots) {
        next += slots;
        if (next >= size) {
            next -= size;
        }
        filled = Math.min(filled + slots, size);
    }

    /** Clears the slots from one (inclusive) to another (exclusive), a word at a time. */
    private void clear(int from, int to) {
        int bit = from << widthShift;
        int end = to << widthShift;
        while (bit < end) {
            int word = bit >>> 6;
            int wordEnd = Math.min((word + 1) << 6, end);
            // The bits from `bit` up, without those from `wordEnd` up. Java takes shifts of a long modulo 64.
            long range = -1L << bit & -1L >>> -wordEnd;
            long left = words[word] & range;
            words[word] ^= left;
            forget(left);
            bit = wordEnd;
        }
    }

    /** Takes the codes in a word out of the sums. */
    private void forget(long codes) {
        if (widthShift == 0) {
            failures -= Long.bitCount(codes);
            return;
        }
        for (long left = codes; left != 0; ) {
            int slot = Long.numberOfTrailingZeros(left) >>> widthShift << widthShift;
            long code = left >>> slot & mask;
            left ^= code << slot;
            count((int) code, -1);
        }
    }

    /** Sums the slots up anew. */
    void mend() {
        failures = 0;
        Arrays.fill(slow, 0);
        for (int bit = 0; bit < size << widthShift; bit += 1 << widthShift) {
            count((int) (words[bit >>> 6] >>> bit) & mask, 1);
        }
        cleanFrom = successes + size;
        torn = false;
    }

    private void count(int code, int change) {
        failures += (code & 1) * change;
        for (int i = (code >> 1) - 1; i >= 0; i--) {
            slow[i] += change;
        }
    }

    @Override
    public long total() {
        return filled;
    }

    @Override
    public long failures() {
        return failures;
    }

    @Override
    public long slow(Duration threshold) {
        int index = thresholds.indexOf(threshold);
        return index < 0 ? 0 : slow[index];
    }

    /** Copies the number of calls that reached each threshold. */
    void copySlowTo(long[] counts) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = slow[i];
        }
    }

    @Override
    public double meanLatencyNanos() {
        return latencies == null ? Double.NaN : latencies.mean();
    }

    @Override
    public int failureStreak() {
        return streak;
    }
}
