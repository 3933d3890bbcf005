package io.breaker.circuitbreaker.tripper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.breaker.circuitbreaker.window.CallStats;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TripperTests {

    private static final Duration THREE_SECONDS = Duration.ofSeconds(3);

    @ParameterizedTest
    @CsvSource({
        "20, 10, false, true",
        "20, 9, false, false",
        "19, 19, false, false",
        "2, 1, true, true",
        "3, 1, true, false",
        "0, 0, true, false"
    })
    void opensByDefaultWhenHalfOfTwentyCallsOrHalfOfTheProbesFailed(
            long total, long failures, boolean halfOpen, boolean trips) {
        assertThat(Tripper.DEFAULT.trips(calls(total, failures, halfOpen))).isEqualTo(trips);
    }

    @Test
    void knowsTheSituation() {
        assertThat(Tripper.closed().trips(calls(0, 0, false))).isTrue();
        assertThat(Tripper.closed().trips(calls(0, 0, true))).isFalse();
        assertThat(Tripper.halfOpened().trips(calls(0, 0, false))).isFalse();
        assertThat(Tripper.halfOpened().trips(calls(0, 0, true))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "20, 19, false, 3, false",
        "20, 20, false, 3, true",
        "20, 2, true, 3, false",
        "20, 3, true, 3, true",
        "2, 2, true, 3, true",
        "2, 1, true, 3, false",
        "1, 1, false, 3, true"
    })
    void waitsForEnoughCalls(int count, long total, boolean halfOpen, int successThreshold, boolean trips) {
        TripContext context = TripContext.of(stats(total, 0), halfOpen, 0, successThreshold);

        assertThat(Tripper.minRequests(count).trips(context)).isEqualTo(trips);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 20, 10, true",
        "0.5, 20, 9, false",
        "0.3, 10, 3, true",
        "0.29, 100, 29, true",
        "0.29, 100, 28, false",
        "0.07, 100, 7, true",
        "1.0, 3, 3, true",
        "1.0, 3, 2, false",
        "0.001, 1000000, 1000, true",
        "0.001, 1000000, 999, false",
        "0.5, 0, 0, false"
    })
    void tripsAtItsFailureRate(double rate, long total, long failures, boolean trips) {
        assertThat(Tripper.failureRate(rate).trips(calls(total, failures, false)))
                .isEqualTo(trips);
    }

    @Test
    void tripsExactlyAtEveryRateOfAHundredCalls() {
        for (int failures = 1; failures <= 100; failures++) {
            Tripper tripper = Tripper.parse("failureRate(" + failures + "%)");

            assertThat(tripper.trips(calls(100, failures, false)))
                    .as("%s", tripper)
                    .isTrue();
            assertThat(tripper.trips(calls(100, failures - 1, false)))
                    .as("%s", tripper)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"0.3, 10, 3, true", "0.3, 10, 2, false", "0.3, 0, 0, false", "1.0, 10, 10, true"})
    void tripsAtItsRateOfSlowCalls(double rate, long total, long slow, boolean trips) {
        Map<Duration, Long> counts = Map.of(THREE_SECONDS, slow, Duration.ofSeconds(1), total);
        CallStats stats = new CallStats(total, 0, new TreeMap<>(counts), Optional.empty());

        assertThat(Tripper.slowRate(rate, THREE_SECONDS).trips(TripContext.of(stats, false, 0, 3)))
                .isEqualTo(trips);
    }

    @ParameterizedTest
    @CsvSource({"2000, true", "2001, true", "1999, false", ", false"})
    void tripsAtItsMeanLatency(Long millis, boolean trips) {
        CallStats stats =
                new CallStats(10, 0, none(), Optional.ofNullable(millis).map(Duration::ofMillis));

        assertThat(Tripper.avgLatency(Duration.ofSeconds(2)).trips(TripContext.of(stats, false, 0, 3)))
                .isEqualTo(trips);
    }

    @Test
    void comparesMeanLatenciesOfAnyLength() {
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
        CallStats stats = new CallStats(10, 0, none(), Optional.of(ages));

        assertThat(Tripper.avgLatency(ages).trips(TripContext.of(stats, false, 0, 3)))
                .isTrue();
        assertThat(Tripper.avgLatency(ages).trips(calls(10, 0, false))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"4, false", "5, true", "6, true"})
    void tripsAtItsStreak(int streak, boolean trips) {
        assertThat(Tripper.failureStreak(5).trips(TripContext.of(CallStats.EMPTY, false, streak, 3)))
                .isEqualTo(trips);
    }

    @ParameterizedTest
    @CsvSource({"9, false", "10, true", "11, true"})
    void tripsAtItsCount(long failures, boolean trips) {
        assertThat(Tripper.failureCount(10).trips(calls(1_000, failures, false)))
                .isEqualTo(trips);
    }

    @Test
    void composesLikeAPredicate() {
        Tripper many = Tripper.minRequests(10);
        Tripper half = Tripper.failureRate(0.5);

        assertThat(many.and(half).trips(calls(10, 5, false))).isTrue();
        assertThat(many.and(half).trips(calls(10, 4, false))).isFalse();
        assertThat(many.or(half).trips(calls(10, 4, false))).isTrue();
        assertThat(many.or(half).trips(calls(9, 4, false))).isFalse();
        assertThat(half.negate().trips(calls(9, 4, false))).isTrue();
        assertThat(half.negate().trips(calls(8, 4, false))).isFalse();
        assertThat(half.negate().negate()).isSameAs(half);
    }

    @Test
    void asksTheOtherOnlyWhereItDecides() {
        Tripper broken = context -> {
            throw new IllegalStateException("asked");
        };
        TripContext context = calls(1, 1, false);

        assertThat(Tripper.halfOpened().and(broken).trips(context)).isFalse();
        assertThat(Tripper.closed().or(broken).trips(context)).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> Tripper.closed().and(broken).trips(context));
    }

    @Test
    void isEqualHoweverItIsGrouped() {
        Tripper a = Tripper.closed();
        Tripper b = Tripper.minRequests(2);
        Tripper c = Tripper.failureStreak(3);

        assertThat(a.and(b).and(c))
                .isEqualTo(a.and(b.and(c)))
                .isNotEqualTo(a.and(c).and(b));
        assertThat(a.or(b).or(c)).isEqualTo(a.or(b.or(c)));
        assertThat(a.and(b).or(c)).isNotEqualTo(a.and(b.or(c)));
    }

    @Test
    void asksForSingleFiguresAndNeverForAllOfThem() {
        TripContext live = new TripContext() {
            @Override
            public CallStats stats() {
                throw new AssertionError("stats allocate");
            }

            @Override
            public boolean halfOpen() {
                return false;
            }

            @Override
            public int failureStreak() {
                return 5;
            }

            @Override
            public int successThreshold() {
                return 3;
            }

            @Override
            public long total() {
                return 20;
            }

            @Override
            public long failures() {
                return 10;
            }

            @Override
            public long slow(Duration threshold) {
                return 6;
            }

            @Override
            public double meanLatencyNanos() {
                return 2e9;
            }
        };
        Tripper all = Tripper.parse("closed & minRequests(20) & failureRate(0.5) & slowRate(0.3, 3s) & avgLatency(2s)"
                + " & failureStreak(5) & failureCount(10)");

        assertThat(all.trips(live)).isTrue();
        assertThat(TripReason.of(all, live)).contains("10 of 20 calls failed");
    }

    private static TripContext calls(long total, long failures, boolean halfOpen) {
        return TripContext.of(stats(total, failures), halfOpen, 0, 3);
    }

    private static CallStats stats(long total, long failures) {
        return new CallStats(total, failures, none(), Optional.empty());
    }

    private static SortedMap<Duration, Long> none() {
        return new TreeMap<>();
    }
}
