package io.breaker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One caller, who makes one call after another, and looks after each how it ended. */
final class SoakCaller {

    /** What a caller puts in place of a result that he does not want to wait for. */
    static final String TAKEN_OVER = "taken over";

    private final Soak soak;
    private final Service service;
    private final Random random;
    /** For synchronous callers. */
    final Target target = new Target();

    SoakCaller(Soak soak, Service service, int number) {
        this.soak = soak;
        this.service = service;
        this.random = new Random(number);
    }

    void callSync() throws Exception {
        soak.timedOutHere();
        target.expose();
        String value = soak.pipeline.call(() -> service.send(visit()), soak.fallback);
        boolean struck = target.withdraw();
        boolean flag = Thread.interrupted();
        soak.count(value);
        if (!struck) {
            assertThat(flag).as("interrupt flag that nobody but a timer raised").isFalse();
        } else {
            soak.count("interrupted");
            // A timeout takes back an interrupt that came after its own; nothing else may.
            assertThat(flag || soak.timedOutHere())
                    .as("interrupt that was not lost")
                    .isTrue();
        }
        pauseAfter(value);
    }

    void callAsync() throws Exception {
        boolean cancellable = random.nextInt(4) > 0;
        CompletableFuture<String> returned = soak.pipeline
                .callAsync(() -> service.sendAsync(visit(), cancellable), soak.fallback)
                .toCompletableFuture();
        String value = null;
        if (random.nextInt(8) == 0) {
            LockSupport.parkNanos(random.nextInt(8_000_000));
            value = giveUp(returned);
        }
        if (value == null) {
            // A lost wake-up is a caller that waits for ever.
            value = returned.get(20, TimeUnit.SECONDS);
        }
        soak.count(value);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        pauseAfter(value);
    }

    /** Gives up on a call; null where it had ended already. */
    private String giveUp(CompletableFuture<String> returned) {
        int how = random.nextInt(4);
        if (how == 0) {
            return returned.complete(TAKEN_OVER) ? TAKEN_OVER : null;
        }
        if (how == 1) {
            return returned.completeExceptionally(new CancellationException()) ? TAKEN_OVER : null;
        }
        return returned.cancel(true) ? "cancelled" : null;
    }

    /** How the next attempt is to be answered. Now and then the service is down, so that the breaker opens. */
    private Visit visit() {
        boolean down = System.nanoTime() / 100_000_000 % 8 == 0;
        int chance = random.nextInt(100);
        Duration latency = Duration.ofNanos(random.nextInt(4_000_000));
        if (chance < (down ? 80 : 4)) {
            return new Visit(Visit.Answer.ERROR, latency);
        }
        if (chance < (down ? 85 : 6)) {
            return new Visit(Visit.Answer.CLOSED, latency);
        }
        return new Visit(Visit.Answer.OK, chance < 96 ? latency : Duration.ofMillis(100));
    }

    private void pauseAfter(String value) {
        // An open circuit answers at once: callers would do nothing but be rejected.
        LockSupport.parkNanos(value.equals("value") ? 100_000 : 2_000_000);
    }
}
