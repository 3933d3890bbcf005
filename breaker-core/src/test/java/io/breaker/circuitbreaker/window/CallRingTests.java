package io.breaker.circuitbreaker.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ring and its counter against a queue of calls, for every width of a slot and on both sides of a word's end. */
class CallRingTests {

    private static final int CALLS = 600;

    /** What the window holds, written so that it is obviously right; a call is the number of thresholds it reached. */
    private static final class Model {

        private record Call(boolean failed, int level) {}

        private final Deque<Call> calls = new ArrayDeque<>();
        private final int size;
        private int streak;

        Model(int size) {
            this.size = size;
        }

        void add(boolean failed, int level) {
            calls.addLast(new Call(failed, level));
            if (calls.size() > size) {
                calls.removeFirst();
            }
            streak = failed ? streak + 1 : 0;
        }

        int total() {
            return calls.size();
        }

        long failures() {
            return calls.stream().filter(Call::failed).count();
        }

        long slow(int threshold) {
            return calls.stream().filter(call -> call.level() > threshold).count();
        }

        int streak() {
            return streak;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 63, 64, 65, 100, 1_000})
    void agreesWithAModelWhateverTheGapsBetweenFailures(int size) {
        for (int thresholds : new int[] {0, 1, 2, 3, 8, 20}) {
            CallRing ring = new CallRing(size, SlowThresholds.of(thresholds(thresholds)), false);
            Model model = new Model(size);
            Random random = new Random(size * 31L + thresholds);
            long successes = 0;
            for (int i = 0; i < CALLS; i++) {
                int gap = gap(size, random);
                // In two steps now and then: one that stops inside of a word, another that goes on there.
                int first = random.nextInt(gap + 1);
                ring.writeFastSuccessesUpTo(successes + first);
                ring.writeFastSuccessesUpTo(successes + gap);
                // What is older than what the ring holds adds nothing.
                ring.writeFastSuccessesUpTo(successes);
                successes += gap;
                for (int j = 0; j < gap; j++) {
                    model.add(false, 0);
                }
                int level = random.nextInt(thresholds + 1);
                boolean failed = level == 0 || random.nextBoolean();
                ring.write(CallRing.code(failed, level), 0);
                model.add(failed, level);
                assertAgrees(ring, model, thresholds);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 63, 64, 65, 100, 1_000})
    void isReadLikeTheModelNowAndThenOrAfterEachCall(int size) {
        for (int thresholds : new int[] {0, 1, 2, 3, 8, 20}) {
            WindowCounter counter = Window.count(size).newCounter(new WindowRules(thresholds(thresholds), false, 0), 0);
            Model model = new Model(size);
            Random random = new Random(size * 37L + thresholds);
            for (int i = 0; i < CALLS / 3; i++) {
                for (int gap = gap(size, random); gap > 0; gap--) {
                    counter.record(false, 0, 0);
                    model.add(false, 0);
                    if (random.nextInt(8 + size) == 0) {
                        assertAgrees(counter, model, thresholds, random);
                    }
                }
                int level = random.nextInt(thresholds + 1);
                boolean failed = level == 0 || random.nextBoolean();
                counter.record(failed, latencyAt(level), 0);
                model.add(failed, level);
                if (random.nextInt(3) == 0) {
                    assertAgrees(counter, model, thresholds, random);
                }
            }
            assertAgrees(counter, model, thresholds, random);
        }
    }

    /** The judged figures are those after the newest call that was news; later successes need not be in them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 100})
    void judgesEachFailureOnFiguresThatHoldAllCallsBeforeIt(int size) {
        WindowCounter counter = Window.count(size).newCounter(WindowRules.NONE, 0);
        Model model = new Model(size);
        Random random = new Random(size);
        for (int i = 0; i < CALLS; i++) {
            for (int gap = gap(size, random); gap > 0; gap--) {
                counter.record(false, 0, 0);
                model.add(false, 0);
            }
            counter.record(true, 0, 0);
            model.add(true, 0);
            WindowFigures judged = counter.judged();
            assertThat(judged.total()).isEqualTo(model.total());
            assertThat(judged.failures()).isEqualTo(model.failures());
            assertThat(judged.failureStreak()).isEqualTo(model.streak());
        }
    }

    /** Bit numbers near the end of the largest ring: they have to fit an int. */
    @ParameterizedTest
    @CsvSource({"0", "1", "20", "200"})
    void knowsTheLastSlotsOfTheLargestRing(int thresholds) {
        int size = CountWindow.MAX_SIZE;
        CallRing ring = new CallRing(size, SlowThresholds.of(thresholds(thresholds)), false);
        ring.writeFastSuccessesUpTo(size - 2);
        for (int i = 0; i < 4; i++) {
            ring.write(CallRing.code(true, thresholds), 0);
        }
        assertThat(ring.failures()).isEqualTo(4);
        assertThat(ring.total()).isEqualTo(size);
        if (thresholds > 0) {
            assertThat(ring.slow(latency(thresholds))).isEqualTo(4);
        }

        ring.writeFastSuccessesUpTo(2L * size - 4);

        assertThat(ring.failures()).isEqualTo(2);
        ring.writeFastSuccessesUpTo(2L * size - 3);
        assertThat(ring.failures()).isEqualTo(1);
        ring.writeFastSuccessesUpTo(2L * size - 2);
        assertThat(ring.failures()).isZero();
        assertThat(ring.isCleanAndFull()).isTrue();
    }

    private static int gap(int size, Random random) {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> 0;
            case 3 -> 1;
            case 4 -> size - 1;
            case 5 -> size;
            case 6 -> size + 1;
            case 7 -> random.nextInt(size + 1);
            default -> 3 * size;
        };
    }

    private static void assertAgrees(CallRing ring, Model model, int thresholds) {
        assertThat(ring.total()).isEqualTo(model.total());
        assertThat(ring.failures()).isEqualTo(model.failures());
        assertThat(ring.failureStreak()).isEqualTo(model.streak());
        for (int i = 0; i < thresholds; i++) {
            assertThat(ring.slow(latency(i + 1))).isEqualTo(model.slow(i));
        }
        boolean clean = model.failures() == 0 && (thresholds == 0 || model.slow(0) == 0);
        assertThat(ring.isCleanAndFull()).isEqualTo(clean && model.total() == model.size);
    }

    private static void assertAgrees(WindowCounter counter, Model model, int thresholds, Random random) {
        // Whatever is read first has to bring the ring up to date.
        switch (random.nextInt(4)) {
            case 0 -> assertThat(counter.total()).isEqualTo(model.total());
            case 1 -> assertThat(counter.failures()).isEqualTo(model.failures());
            case 2 -> assertThat(counter.failureStreak()).isEqualTo(model.streak());
            default -> {
                TreeMap<Duration, Long> slow = new TreeMap<>();
                for (int i = 0; i < thresholds; i++) {
                    slow.put(latency(i + 1), model.slow(i));
                    assertThat(counter.slow(latency(i + 1))).isEqualTo(model.slow(i));
                }
                CallStats stats = counter.stats(0);
                assertThat(stats.total()).isEqualTo(model.total());
                assertThat(stats.failures()).isEqualTo(model.failures());
                assertThat(stats.slow()).isEqualTo(slow);
            }
        }
    }

    private static SortedSet<Duration> thresholds(int number) {
        SortedSet<Duration> thresholds = new TreeSet<>();
        for (int i = 1; i <= number; i++) {
            thresholds.add(latency(i));
        }
        return thresholds;
    }

    private static Duration latency(int level) {
        return Duration.ofMillis(level);
    }

    private static long latencyAt(int level) {
        return latency(level).toNanos() + (level == 0 ? 0 : level % 2);
    }
}
