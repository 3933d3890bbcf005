package io.breaker.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.testing.ManualTime;
import io.breaker.testing.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a thread waits on a scheduler that says nothing of its own about it. */
@Timeout(30)
class PauseTests {

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);

    @Test
    void lastsUntilTheTimeOfTheSchedulerIsThere() {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = pausing(Duration.ofHours(1), interrupted);
        timers.awaitPending(1);

        time.advance(Duration.ofHours(1).minusNanos(1));
        assertThat(thread.isAlive()).isTrue();
        time.advance(Duration.ofNanos(1));

        assertThat(interrupted.join()).isFalse();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void doesNotEndBecauseTheThreadIsUnparkedForNoReason() {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = pausing(Duration.ofHours(1), interrupted);
        timers.awaitPending(1);

        LockSupport.unpark(thread);
        time.advance(Duration.ofMinutes(59));

        assertThat(interrupted).isNotDone();
        time.advance(Duration.ofMinutes(1));
        assertThat(interrupted.join()).isFalse();
    }

    @Test
    void anInterruptionEndsItAndGivesTheTimerBack() {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = pausing(Duration.ofHours(1), interrupted);
        timers.awaitPending(1);

        thread.interrupt();

        assertThat(interrupted.join()).isTrue();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void doesNotBeginOnAnInterruptedThread() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> timers.pause(Duration.ofHours(1)));

        assertThat(Thread.interrupted()).isFalse();
        assertThat(timers.delays()).isEmpty();
    }

    @Test
    void noDelayIsNoPause() throws InterruptedException {
        timers.pause(Duration.ZERO);
        timers.pause(Duration.ofSeconds(-1));

        assertThat(timers.delays()).isEmpty();
    }

    private Thread pausing(Duration delay, CompletableFuture<Boolean> interrupted) {
        Thread thread = new Thread(() -> {
            try {
                timers.pause(delay);
                interrupted.complete(false);
            } catch (InterruptedException interruption) {
                interrupted.complete(!Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        return thread;
    }
}
