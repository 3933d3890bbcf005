package io.breaker.circuitbreaker.tripper;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.window.CallStats;
import io.breaker.expression.Trees;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tripper laid out flat says of every window what the tree that it was made of says. */
class FlatTripperTests {

    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration VERY_SLOW = Duration.ofSeconds(3);
    private static final int MOST_CALLS = 10;
    private static final int MOST_SUCCESSES = 5;

    @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
    void holdsWhereItsTreeHolds(@ForAll("trippers") Tripper tree, @ForAll long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            int capacity = 1 + random.nextInt(MOST_CALLS);
            TripContext context = context(capacity, random);
            assertAgrees(tree, capacity, context);
        }
    }

    /** Also those where a product of rate and calls is not as exact as their quotient. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 49, 100, 1_000, 1_000_000})
    void knowsEachRateToTheCall(int capacity) {
        for (int failures = 1; failures <= capacity; failures += Math.max(capacity / 1_000, 1)) {
            double exactly = failures / (double) capacity;
            for (double rate : new double[] {Math.nextDown(exactly), exactly, Math.min(Math.nextUp(exactly), 1)}) {
                Tripper tree = Tripper.failureRate(rate);
                for (int near = failures - 1; near <= Math.min(failures + 1, capacity); near++) {
                    assertAgrees(tree, capacity, full(capacity, near, 0));
                    assertAgrees(tree.negate(), capacity, full(capacity, near, 0));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failureRate(0.5) | slowRate(0.5, 1s)",
                "minRequests(10) & !failureRate(0.5)",
                "failureRate(0.5) & !failureRate(0.8)",
                "closed & (failureRate(0.5) | failureStreak(1))",
                "failureCount(20) | failureRate(1.0)",
                "failureStreak(20) | failureRate(1.0)",
                "closed & (halfOpened | failureRate(0.3))"
            })
    void knowsARateInAFullWindow(String text) {
        for (int failures = 0; failures <= 10; failures++) {
            assertAgrees(Tripper.parse(text), 10, full(10, failures, failures));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"failureStreak(20)", "!failureStreak(20)", "failureStreak(20) & failureRate(1.0)"})
    void knowsAStreakThatIsLongerThanTheWindow(String text) {
        for (int streak = 10; streak <= 30; streak++) {
            assertAgrees(Tripper.parse(text), 10, full(10, 10, streak));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"failureCount(2000000000)", "minRequests(2147483647)", "failureStreak(2147483647)"})
    void knowsFiguresOfATimeWindow(String text) {
        for (int calls : new int[] {0, 1, 2_000_000_000, Integer.MAX_VALUE}) {
            assertAgrees(Tripper.parse(text), Long.MAX_VALUE, full(calls, calls, calls));
        }
    }

    @Provide
    Arbitrary<Tripper> trippers() {
        Arbitrary<Integer> counts = Arbitraries.integers().between(1, MOST_CALLS + 3);
        Arbitrary<Double> ratios =
                Arbitraries.oneOf(Arbitraries.integers().between(1, 10).map(tenths -> tenths / 10.0), Trees.ratios());
        Arbitrary<Duration> thresholds = Arbitraries.of(SLOW, VERY_SLOW);
        Arbitrary<Tripper> terms = Arbitraries.oneOf(
                Arbitraries.of(Tripper.closed(), Tripper.halfOpened()),
                counts.map(Tripper::minRequests),
                ratios.map(Tripper::failureRate),
                ratios.flatMap(ratio -> thresholds.map(threshold -> Tripper.slowRate(ratio, threshold))),
                thresholds.map(Tripper::avgLatency),
                counts.map(Tripper::failureStreak),
                counts.map(Tripper::failureCount));
        Arbitrary<Tripper> leaves = Arbitraries.oneOf(terms, terms.map(term -> Tripper.named("bean", term)));
        return Trees.of(leaves, Tripper::and, Tripper::or, Tripper::negate)
                .flatMap(tree -> Arbitraries.of(tree, Tripper.named("whole", tree)));
    }

    private static void assertAgrees(Tripper tree, long capacity, TripContext context) {
        Tripper flat = TripperProfile.of(tree).flatten(tree, context.halfOpen(), capacity);
        assertThat(flat.trips(context))
                .as("%s in a window of %d on %s", tree, capacity, context)
                .isEqualTo(tree.trips(context));
    }

    private static TripContext full(int calls, int failures, int streak) {
        return TripContext.of(new CallStats(calls, failures, new TreeMap<>(), Optional.empty()), false, streak, 1);
    }

    /** Gives figures that can stand together; every second window is full. */
    private static TripContext context(int capacity, Random random) {
        int total = random.nextBoolean() ? capacity : random.nextInt(capacity + 1);
        int failures = random.nextInt(4) == 0 ? total : random.nextInt(total + 1);
        int streak = random.nextInt(failures + 1);
        if (failures == total) {
            // Without a success the streak is as long as the window, or longer if calls have left it.
            streak = total == capacity ? total + random.nextInt(MOST_CALLS) : total;
        }
        long slow = random.nextInt(total + 1);
        long verySlow = random.nextInt((int) slow + 1);
        Optional<Duration> mean =
                total == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(500 + 500L * random.nextInt(8)));
        CallStats stats = new CallStats(total, failures, new TreeMap<>(Map.of(SLOW, slow, VERY_SLOW, verySlow)), mean);
        return TripContext.of(stats, random.nextBoolean(), streak, 1 + random.nextInt(MOST_SUCCESSES));
    }
}
