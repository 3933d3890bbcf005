package io.breaker.circuitbreaker.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.window.WindowCounter.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SliceCounterTests {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final long START = 77;

    /** One recorded call, for a model of the window that is obviously right. */
    private record Call(long slice, boolean failed, long latency) {}

    @Test
    void forgetsACallWhenItsSliceLeavesTheWindow() {
        WindowCounter counter = counter(60, WindowRules.NONE);
        counter.record(true, 0, START);

        assertThat(counter.stats(START + 60 * SECOND - 1).failures()).isEqualTo(1);
        assertThat(counter.stats(START + 60 * SECOND).failures()).isZero();
    }

    @Test
    void coversAtLeastFiftyNineSixtiethsOfItsDuration() {
        WindowCounter counter = counter(60, WindowRules.NONE);
        long endOfFirstSlice = START + SECOND - 1;
        counter.record(true, 0, endOfFirstSlice);

        assertThat(counter.stats(endOfFirstSlice + 59 * SECOND).failures()).isEqualTo(1);
        assertThat(counter.stats(endOfFirstSlice + 59 * SECOND + 1).failures()).isZero();
    }

    @Test
    void expiresOnReadWithoutAnyFurtherCall() {
        WindowCounter counter = counter(60, WindowRules.NONE);
        for (int i = 0; i < 100; i++) {
            counter.record(true, 0, START + i);
        }

        assertThat(counter.stats(START + 3600 * SECOND)).isEqualTo(CallStats.EMPTY);
    }

    @Test
    void takesTheMeanOfTheCallsThatWereTimed() {
        WindowCounter counter = counter(60, new WindowRules(new TreeSet<>(), true, 0));
        counter.record(false, CallTally.UNMEASURED, START);
        assertThat(counter.meanLatencyNanos()).isNaN();

        counter.record(true, 30, START);
        counter.record(false, CallTally.UNMEASURED, START);
        assertThat(counter.meanLatencyNanos()).isEqualTo(30);
        assertThat(counter.total()).isEqualTo(3);
    }

    @Test
    void agreesWithAModelOnEverySequenceOfCalls() {
        WindowCounter counter = counter(60, new WindowRules(new TreeSet<>(List.of(SLOW)), true, 0));
        List<Call> calls = new ArrayList<>();
        Random random = new Random(7);
        long now = START;

        for (int i = 0; i < 3_000; i++) {
            now += random.nextInt(10) == 0 ? random.nextInt(50) * SECOND : random.nextInt((int) SECOND / 2);
            Call call = new Call((now - START) / SECOND, random.nextBoolean(), random.nextInt(3) * SECOND);
            counter.record(call.failed(), call.latency(), now);
            calls.add(call);
            assertThat(counter.stats(now)).isEqualTo(statsOf(calls, (now - START) / SECOND));
            assertThat(counter.total()).isEqualTo(counter.stats(now).total());
        }
    }

    @Test
    void dropsACallThatWasHeldUpForAWholeWindow() {
        WindowCounter counter = counter(60, WindowRules.NONE);
        counter.record(false, 0, START + 60 * SECOND);

        counter.record(true, 0, START);

        assertThat(counter.stats(START + 60 * SECOND))
                .extracting(CallStats::total, CallStats::failures)
                .containsExactly(1L, 0L);
    }

    @Test
    void takesACallThatIsALittleLate() {
        WindowCounter counter = counter(60, WindowRules.NONE);
        counter.record(false, 0, START + 5 * SECOND);

        counter.record(true, 0, START + 4 * SECOND);

        assertThat(counter.failures()).isEqualTo(1);
    }

    @Test
    void tellsOfEachSuccessUntilTheWindowHoldsTheWatchedNumberOfCalls() {
        WindowCounter counter = counter(60, new WindowRules(new TreeSet<>(), false, 2));
        assertThat(counter.record(false, 0, START)).isEqualTo(Change.NEWS);
        assertThat(counter.record(false, 0, START)).isEqualTo(Change.NEWS);

        assertThat(counter.record(false, 0, START)).isEqualTo(Change.BETTER);
        assertThat(counter.record(true, 0, START)).isEqualTo(Change.NEWS);
        assertThat(counter.record(false, 0, START)).isEqualTo(Change.BETTER);
    }

    @Test
    void tellsOfTheFirstCallOfEachSliceBecauseOthersMayHaveLeft() {
        WindowCounter counter = counter(60, WindowRules.NONE);
        counter.record(false, 0, START);

        assertThat(counter.record(false, 0, START + SECOND)).isEqualTo(Change.NEWS);
        assertThat(counter.record(false, 0, START + SECOND)).isEqualTo(Change.BETTER);
        assertThat(counter.record(false, 0, START)).isEqualTo(Change.NEWS);
        assertThat(counter.record(false, 0, START + 70 * SECOND)).isEqualTo(Change.NEWS);
    }

    private static CallStats statsOf(List<Call> all, long slice) {
        List<Call> calls =
                all.stream().filter(call -> call.slice() > slice - 60).toList();
        var slow = new java.util.TreeMap<Duration, Long>();
        slow.put(SLOW, calls.stream().filter(call -> call.latency() >= SECOND).count());
        double mean = calls.stream().mapToLong(Call::latency).average().orElseThrow();
        return new CallStats(
                calls.size(),
                calls.stream().filter(Call::failed).count(),
                slow,
                Optional.of(Duration.ofNanos(Math.round(mean))));
    }

    private static WindowCounter counter(int seconds, WindowRules rules) {
        return Window.time(Duration.ofSeconds(seconds)).newCounter(rules, START);
    }
}
