package io.breaker.circuitbreaker.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.window.WindowCounter.Change;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingCounterTests {

    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration VERY_SLOW = Duration.ofSeconds(3);

    /** One recorded call, for a model of the window that is obviously right. */
    private record Call(boolean failed, long latency) {}

    @Test
    void holdsTheLastCallsAndNoMore() {
        WindowCounter counter = counter(3, WindowRules.NONE);

        fail(counter);
        succeed(counter);
        succeed(counter);
        assertThat(counter.stats(0))
                .extracting(CallStats::total, CallStats::failures)
                .containsExactly(3L, 1L);

        succeed(counter);
        assertThat(counter.stats(0))
                .extracting(CallStats::total, CallStats::failures)
                .containsExactly(3L, 0L);
    }

    @Test
    void neverForgetsACallBecauseOfItsAge() {
        WindowCounter counter = counter(3, WindowRules.NONE);

        counter.record(true, 0, 0);

        assertThat(counter.stats(Duration.ofDays(1000).toNanos()).failures()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 100})
    void agreesWithAModelOnEverySequenceOfCalls(int size) {
        WindowCounter counter = counter(size, new WindowRules(new TreeSet<>(List.of(SLOW, VERY_SLOW)), true, 0));
        Deque<Call> model = new ArrayDeque<>();
        Random random = new Random(size);

        for (int i = 0; i < 5_000; i++) {
            // Long healthy stretches too: that is where nothing is written.
            boolean healthy = i / 200 % 2 == 0;
            Call call = new Call(!healthy && random.nextInt(3) == 0, healthy ? 0 : random.nextInt(5) * 1_000_000_000L);
            counter.record(call.failed(), call.latency(), 0);
            model.addLast(call);
            if (model.size() > size) {
                model.removeFirst();
            }
            assertThat(counter.stats(0)).isEqualTo(statsOf(model));
        }
    }

    @Test
    void countsACallAtAThresholdAsSlowAndAFailedOneToo() {
        WindowCounter counter = counter(10, slow());

        counter.record(false, SLOW.toNanos() - 1, 0);
        counter.record(false, SLOW.toNanos(), 0);
        counter.record(true, VERY_SLOW.toNanos(), 0);

        assertThat(counter.slow(SLOW)).isEqualTo(2);
        assertThat(counter.slow(VERY_SLOW)).isEqualTo(1);
        assertThat(counter.slow(Duration.ofSeconds(2))).isZero();
    }

    @Test
    void changesNothingWhenAFastSuccessReplacesOne() {
        WindowCounter counter = counter(2, slow());
        assertThat(succeed(counter)).isNotEqualTo(Change.NONE);
        assertThat(succeed(counter)).isNotEqualTo(Change.NONE);

        assertThat(succeed(counter)).isEqualTo(Change.NONE);

        fail(counter);
        assertThat(succeed(counter)).isNotEqualTo(Change.NONE);
        assertThat(succeed(counter)).isNotEqualTo(Change.NONE);
        assertThat(succeed(counter)).isEqualTo(Change.NONE);
    }

    @Test
    void alwaysChangesWhenAMeanIsAskedFor() {
        WindowCounter counter = counter(1, new WindowRules(new TreeSet<>(), true, 0));
        counter.record(false, 10, 0);

        assertThat(counter.record(false, 30, 0)).isNotEqualTo(Change.NONE);
        assertThat(counter.meanLatencyNanos()).isEqualTo(30);
    }

    @Test
    void tellsOfEachSuccessUntilTheWatchedNumberOfCallsIsReached() {
        WindowCounter counter = counter(5, new WindowRules(new TreeSet<>(), false, 3));
        fail(counter);

        assertThat(succeed(counter)).isEqualTo(Change.NEWS);
        assertThat(succeed(counter)).isEqualTo(Change.NEWS);
        assertThat(succeed(counter)).isEqualTo(Change.BETTER);
        assertThat(fail(counter)).isEqualTo(Change.NEWS);
    }

    @Test
    void knowsTheMeanOfCallsThatTakeDays() {
        WindowCounter counter = counter(10, new WindowRules(new TreeSet<>(), true, 0));

        counter.record(false, Duration.ofDays(10).toNanos(), 0);

        assertThat(counter.stats(0).meanLatency()).contains(Duration.ofDays(10));
    }

    @Test
    void takesTheMeanOfTheCallsThatWereTimed() {
        WindowCounter counter = counter(2, new WindowRules(new TreeSet<>(), true, 0));
        counter.record(false, CallTally.UNMEASURED, 0);
        assertThat(counter.meanLatencyNanos()).isNaN();

        counter.record(true, 30, 0);
        assertThat(counter.meanLatencyNanos()).isEqualTo(30);

        counter.record(false, CallTally.UNMEASURED, 0);
        counter.record(false, CallTally.UNMEASURED, 0);
        assertThat(counter.meanLatencyNanos()).isNaN();
        assertThat(counter.total()).isEqualTo(2);
    }

    @Test
    void hasNoMeanWithoutCallsOrWhenNobodyAsks() {
        assertThat(counter(1, new WindowRules(new TreeSet<>(), true, 0)).meanLatencyNanos())
                .isNaN();
        WindowCounter counter = counter(1, WindowRules.NONE);
        counter.record(false, 10, 0);
        assertThat(counter.meanLatencyNanos()).isNaN();
        assertThat(counter.stats(0).meanLatency()).isEmpty();
    }

    private static CallStats statsOf(Deque<Call> calls) {
        var slow = new java.util.TreeMap<Duration, Long>();
        for (Duration threshold : List.of(SLOW, VERY_SLOW)) {
            slow.put(
                    threshold,
                    calls.stream()
                            .filter(call -> call.latency() >= threshold.toNanos())
                            .count());
        }
        double mean = calls.stream().mapToLong(Call::latency).average().orElseThrow();
        return new CallStats(
                calls.size(),
                calls.stream().filter(Call::failed).count(),
                slow,
                java.util.Optional.of(Duration.ofNanos(Math.round(mean))));
    }

    private static WindowRules slow() {
        return new WindowRules(new TreeSet<>(List.of(SLOW, VERY_SLOW)), false, 0);
    }

    private static WindowCounter counter(int size, WindowRules rules) {
        return Window.count(size).newCounter(rules, 0);
    }

    private static Change succeed(WindowCounter counter) {
        return counter.record(false, 0, 0);
    }

    private static Change fail(WindowCounter counter) {
        return counter.record(true, 0, 0);
    }
}
