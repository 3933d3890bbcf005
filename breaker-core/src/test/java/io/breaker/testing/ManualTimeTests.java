package io.breaker.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.time.Scheduler.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ManualTimeTests {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualTime time = new ManualTime();
    private final List<String> log = new ArrayList<>();

    @Test
    void standsStillUntilItIsMoved() {
        assertThat(time.instant()).isEqualTo(START);
        assertThat(time.nanos()).isEqualTo(time.nanos());
    }

    @Test
    void movesBothClocks() {
        long before = time.nanos();

        time.advance(Duration.ofMillis(1500));

        assertThat(time.nanos() - before).isEqualTo(1_500_000_000L);
        assertThat(time.instant()).isEqualTo(START.plusMillis(1500));
    }

    @Test
    void stepsTheWallClockAlone() {
        long before = time.nanos();
        time.schedule(() -> log.add("ran"), Duration.ofSeconds(1));

        time.stepWallClock(Duration.ofHours(-1));

        assertThat(time.instant()).isEqualTo(START.minusSeconds(3600));
        assertThat(time.nanos()).isEqualTo(before);
        time.stepWallClock(Duration.ofHours(3));
        assertThat(time.instant()).isEqualTo(START.plusSeconds(7200));
        time.advance(Duration.ZERO);
        assertThat(log).isEmpty();
    }

    @Test
    void runsTasksInTheOrderOfTheirDueTimes() {
        schedule("third", 30);
        schedule("first", 10);
        schedule("second", 20);
        schedule("second too", 20);
        schedule("not yet", 31);

        time.advance(Duration.ofSeconds(30));

        assertThat(log).containsExactly("first at 10", "second at 20", "second too at 20", "third at 30");
        assertThat(time.instant()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void runsATaskExactlyOnceAndNotBeforeItIsDue() {
        schedule("task", 10);

        time.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(log).isEmpty();
        time.advance(Duration.ofNanos(1));
        time.advance(Duration.ofSeconds(60));

        assertThat(log).containsExactly("task at 10");
    }

    @Test
    void runsTasksThatTasksScheduleOnTheWay() {
        time.schedule(
                () -> {
                    schedule("in time", 5);
                    schedule("too late", 25);
                },
                Duration.ofSeconds(10));

        time.advance(Duration.ofSeconds(30));

        assertThat(log).containsExactly("in time at 15");
    }

    @Test
    void runsATaskWithoutDelayAtTheNextMove() {
        schedule("now", 0);
        schedule("overdue", -5);
        assertThat(log).isEmpty();

        time.advance(Duration.ZERO);

        assertThat(log).containsExactly("now at 0", "overdue at 0");
    }

    @Test
    void letsATaskAdvanceTheTime() {
        time.schedule(() -> time.advance(Duration.ofSeconds(7)), Duration.ofSeconds(1));
        schedule("inside", 9);

        time.advance(Duration.ofSeconds(2));

        assertThat(log).containsExactly("inside at 9");
        assertThat(time.instant()).isEqualTo(START.plusSeconds(9));
    }

    @Test
    void doesNotRunACancelledTask() {
        Task task = time.schedule(() -> log.add("ran"), Duration.ofSeconds(1));

        assertThat(task.cancel()).isTrue();
        assertThat(task.cancel()).isFalse();
        time.advance(Duration.ofSeconds(1));

        assertThat(log).isEmpty();
    }

    @Test
    void cannotCancelATaskThatRan() {
        Task task = time.schedule(() -> log.add("ran"), Duration.ofSeconds(1));

        time.advance(Duration.ofSeconds(1));

        assertThat(task.cancel()).isFalse();
    }

    @Test
    void passesOnWhatATaskThrowsAndMakesUpForTheRestLater() {
        time.schedule(
                () -> {
                    throw new IllegalStateException("defect");
                },
                Duration.ofSeconds(1));
        schedule("next", 2);

        assertThatIllegalStateException()
                .isThrownBy(() -> time.advance(Duration.ofSeconds(5)))
                .withMessage("defect");
        assertThat(time.instant()).isEqualTo(START.plusSeconds(1));

        time.advance(Duration.ZERO);
        assertThat(log).containsExactly("next at 2");
        assertThat(time.instant()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void neverReachesAnEndlessDelay() {
        time.advance(Duration.ofDays(1));
        time.schedule(() -> log.add("ran"), ChronoUnit.FOREVER.getDuration());

        time.advance(Duration.ofDays(100_000));

        assertThat(log).isEmpty();
    }

    @Test
    void doesNotGoBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.advance(Duration.ofNanos(-1)))
                .withMessage("duration must be at least 0: PT-0.000000001S");
        assertThatThrownBy(() -> time.advance(ChronoUnit.FOREVER.getDuration()))
                .isInstanceOf(ArithmeticException.class);
        assertThat(time.instant()).isEqualTo(START);
    }

    @Test
    void movesByTheSumOfWhatSeveralThreadsAdvance() {
        AtomicInteger runs = new AtomicInteger();

        Threads.run(4, thread -> {
            for (int i = 0; i < 1_000; i++) {
                time.schedule(runs::incrementAndGet, Duration.ofMillis(i % 7));
                time.advance(Duration.ofMillis(1));
            }
        });
        time.advance(Duration.ofMillis(7));

        assertThat(runs).hasValue(4_000);
        assertThat(time.instant()).isEqualTo(START.plusMillis(4_007));
    }

    /** Logs the name and the second at which the task ran. */
    private void schedule(String name, long seconds) {
        time.schedule(
                () -> log.add(
                        name + " at " + Duration.between(START, time.instant()).toSeconds()),
                Duration.ofSeconds(seconds));
    }
}
