package io.breaker.circuitbreaker.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.window.CallTally.Sums;
import io.breaker.testing.Threads;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CallTallyTests {

    private static final int WRITERS = 6;
    private static final int CALLS = 20_000;
    private static final int COUNTS = 3;

    @Test
    void knowsEachKindOfCall() {
        CallTally tally = new CallTally();

        tally.succeeded(10);
        tally.succeeded(CallTally.UNMEASURED);
        tally.failed(100);
        tally.failed(CallTally.UNMEASURED);
        tally.failed(0);
        tally.ignored();
        tally.rejected();
        tally.rejected();

        assertThat(tally.sums()).isEqualTo(new Sums(2, 3, 1, 2, 2, 10, 100));
    }

    @Test
    void handsOverWhatAStripeHoldsWhenItTurnsToAnotherCount() {
        CallTally tally = new CallTally();
        SuccessCount count = new SuccessCount();
        SuccessCount other = new SuccessCount();

        tally.succeeded(0, count);
        tally.succeeded(0, count);
        assertThat(count.handedOver()).isZero();
        int before = tally.handOvers();
        tally.succeeded(0, other);
        tally.failed(0);
        tally.succeeded(0);

        assertThat(count.handedOver()).isEqualTo(2);
        assertThat(tally.handOvers()).isNotEqualTo(before);
        assertThat(successes(tally, count)).isEqualTo(2);
        assertThat(successes(tally, other)).isEqualTo(1);
    }

    @Test
    void tellsWhatAStripeHoldsForACount() {
        CallTally tally = new CallTally();
        SuccessCount count = new SuccessCount();

        assertThat(tally.succeeded(0, count)).isEqualTo(1);
        assertThat(tally.succeeded(0, count)).isEqualTo(2);
        assertThat(tally.succeeded(0, new SuccessCount())).isEqualTo(1);
        assertThat(tally.succeeded(0, count)).isEqualTo(1);
    }

    @Test
    void goesToAnotherStripeWhileOneIsTaken() {
        CallTally tally = new CallTally();
        SuccessCount count = new SuccessCount();
        tally.succeeded(5, count);
        assertThat(tally.isStriped()).isFalse();

        tally.exclusive().take();
        try {
            tally.succeeded(6, count);
            tally.failed(7);
        } finally {
            tally.exclusive().release();
        }

        assertThat(tally.isStriped()).isTrue();
        assertThat(tally.sums()).isEqualTo(new Sums(2, 1, 0, 0, 0, 11, 7));
        assertThat(successes(tally, count)).isEqualTo(2);
    }

    @RepeatedTest(10)
    void losesAndDoublesNothingWhileCountsTurnAndAReaderLooksOn() {
        CallTally tally = new CallTally();
        SuccessCount[] counts = new SuccessCount[COUNTS];
        for (int i = 0; i < COUNTS; i++) {
            counts[i] = new SuccessCount();
        }
        AtomicLongArray counted = new AtomicLongArray(COUNTS);
        AtomicLongArray begun = new AtomicLongArray(4);
        AtomicInteger running = new AtomicInteger(WRITERS);

        Threads.run(WRITERS + 1, thread -> {
            if (thread < WRITERS) {
                write(tally, counts, counted, begun, new Random(thread));
                running.decrementAndGet();
            } else {
                Sums last = tally.sums();
                long[] lastOf = new long[COUNTS];
                while (running.get() > 0) {
                    last = assertGrows(tally, last, begun);
                    for (int i = 0; i < COUNTS; i++) {
                        long now = successes(tally, counts[i]);
                        assertThat(now).isBetween(lastOf[i], counted.get(i));
                        lastOf[i] = now;
                    }
                }
            }
        });

        Sums sums = tally.sums();
        assertThat(sums.succeeded()).isEqualTo(begun.get(0));
        assertThat(sums.failed()).isEqualTo(begun.get(1));
        assertThat(sums.ignored()).isEqualTo(begun.get(2));
        assertThat(sums.rejected()).isEqualTo(begun.get(3));
        assertThat(sums.succeededNanos()).isEqualTo(3 * begun.get(0));
        assertThat(sums.failedNanos() + 5 * sums.untimed()).isEqualTo(5 * begun.get(1));
        for (int i = 0; i < COUNTS; i++) {
            assertThat(successes(tally, counts[i])).isEqualTo(counted.get(i));
        }
    }

    private static void write(
            CallTally tally, SuccessCount[] counts, AtomicLongArray counted, AtomicLongArray begun, Random random) {
        for (int i = 0; i < CALLS; i++) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    begun.incrementAndGet(1);
                    tally.failed(random.nextBoolean() ? 5 : CallTally.UNMEASURED);
                }
                case 1 -> {
                    begun.incrementAndGet(2);
                    tally.ignored();
                }
                case 2 -> {
                    begun.incrementAndGet(3);
                    tally.rejected();
                }
                case 3 -> {
                    begun.incrementAndGet(0);
                    tally.succeeded(3);
                }
                case 4 -> {
                    begun.incrementAndGet(0);
                    tally.exclusive().take();
                    try {
                        tally.exclusive().writeSuccess(3);
                    } finally {
                        tally.exclusive().release();
                    }
                }
                default -> {
                    // Mostly the same one for a while, as slices do; now and then one that was left.
                    int turn = random.nextInt(100) == 0 ? random.nextInt(COUNTS) : i / 500 % COUNTS;
                    begun.incrementAndGet(0);
                    counted.incrementAndGet(turn);
                    tally.succeeded(3, counts[turn]);
                }
            }
        }
    }

    private static Sums assertGrows(CallTally tally, Sums last, AtomicLongArray begun) {
        Sums now = tally.sums();
        assertBetween(last, now, begun.get(0), Sums::succeeded);
        assertBetween(last, now, begun.get(1), Sums::failed);
        assertBetween(last, now, begun.get(2), Sums::ignored);
        assertBetween(last, now, begun.get(3), Sums::rejected);
        assertThat(now.succeededNanos()).isEqualTo(3 * now.succeeded());
        assertThat(now.failedNanos() + 5 * now.untimed()).isEqualTo(5 * now.failed());
        return now;
    }

    private static void assertBetween(Sums last, Sums now, long most, ToLongFunction<Sums> figure) {
        assertThat(figure.applyAsLong(now)).isBetween(figure.applyAsLong(last), most);
    }

    /** Sums up as a count window does, without the ring. */
    private static long successes(CallTally tally, SuccessCount count) {
        while (true) {
            int handOvers = tally.handOvers();
            long elsewhere = tally.successesElsewhere(count);
            tally.exclusive().take();
            try {
                if (tally.handOvers() == handOvers) {
                    return elsewhere + tally.exclusive().successesWhileTaken(count);
                }
            } finally {
                tally.exclusive().release();
            }
        }
    }
}
