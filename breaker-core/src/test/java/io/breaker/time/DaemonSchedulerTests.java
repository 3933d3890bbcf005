package io.breaker.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.testing.LogCapture;
import io.breaker.time.Scheduler.Task;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DaemonSchedulerTests {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LATER = Duration.ofHours(1);

    private final DaemonScheduler scheduler = Scheduler.daemon();

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void runsATaskOnItsOwnDaemonThread() {
        Thread thread = onTheThread(Thread::currentThread);

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("breaker-scheduler");
        assertThat(onTheThread(Thread::currentThread)).isSameAs(thread);
    }

    @Test
    void hasNoThreadBeforeTheFirstTask() throws InterruptedException {
        assertThat(scheduler.threads()).isZero();
        scheduler.pause(SOON);
        assertThat(scheduler.threads()).isZero();

        scheduler.schedule(() -> {}, LATER);

        assertThat(scheduler.threads()).isEqualTo(1);
    }

    @Test
    void handsNothingOfTheFirstCallerToItsThread() {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("of the caller");

        assertThat(onTheThread(() -> local.get() == null)).isTrue();
        assertThat(onTheThread(() -> Thread.currentThread().getContextClassLoader()))
                .isSameAs(DaemonScheduler.class.getClassLoader());
    }

    @Test
    void waitsAtLeastAsLongAsItIsTold() {
        long start = System.nanoTime();
        CompletableFuture<Long> ran = new CompletableFuture<>();
        scheduler.schedule(() -> ran.complete(System.nanoTime()), Duration.ofMillis(20));

        assertThat(ran.join() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void aCancelledTaskLeavesTheQueueAtOnce() {
        Task task = scheduler.schedule(() -> {}, LATER);
        scheduler.schedule(() -> {}, ChronoUnit.FOREVER.getDuration());
        assertThat(scheduler.waiting()).isEqualTo(2);

        assertThat(task.cancel()).isTrue();
        assertThat(task.cancel()).isFalse();

        assertThat(scheduler.waiting()).isEqualTo(1);
    }

    @Test
    void aTaskThatRunsCannotBeCancelled() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Task task = scheduler.schedule(
                () -> {
                    running.countDown();
                    awaitUninterrupted(mayEnd);
                },
                Duration.ofSeconds(-1));
        running.await();

        assertThat(task.cancel()).isFalse();
        mayEnd.countDown();
    }

    @Test
    void aTaskThatThrowsIsLoggedAndDisturbsNoOther() {
        try (LogCapture log = LogCapture.of(DaemonScheduler.class)) {
            scheduler.schedule(
                    () -> {
                        throw new StackOverflowError("defect");
                    },
                    Duration.ZERO);

            assertThat(onTheThread(() -> "still there")).isEqualTo("still there");
            assertThat(log.messages()).containsExactly("a scheduled task threw");
        }
    }

    @Test
    void takesNoTaskAfterItWasClosedButRunsThoseThatWait() {
        CompletableFuture<String> ran = new CompletableFuture<>();
        scheduler.schedule(() -> ran.complete("ran"), Duration.ofMillis(20));

        scheduler.close();
        scheduler.close();

        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> scheduler.schedule(() -> {}, SOON));
        assertThat(ran.join()).isEqualTo("ran");
    }

    @Test
    void aPauseLastsItsDelay() throws InterruptedException {
        long start = System.nanoTime();

        scheduler.pause(Duration.ofMillis(20));
        scheduler.pause(Duration.ZERO);
        scheduler.pause(ChronoUnit.FOREVER.getDuration().negated());

        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void anInterruptionEndsAPauseAtOnceAndClearsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> scheduler.pause(LATER));

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theSharedOneIsAlwaysTheSame() {
        assertThat(Scheduler.shared()).isSameAs(Scheduler.shared()).isNotSameAs(scheduler);
    }

    private <T> T onTheThread(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        scheduler.schedule(() -> result.complete(work.get()), SOON);
        return result.join();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interruption) {
            throw new AssertionError(interruption);
        }
    }
}
