package io.breaker.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.testing.ManualTime;
import io.breaker.testing.Timers;
import io.breaker.timeout.CallTimeoutException;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asynchronous calls that have a slot: how long they keep it, and who gets it next. */
class AsyncBulkheadTests {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);
    private final Bulkhead bulkhead = bulkhead(0);
    private final CompletableFuture<String> source = new CompletableFuture<>();

    @AfterEach
    void everythingIsGivenBack() {
        assertThat(bulkhead.activeCalls()).isZero();
        assertThat(bulkhead.queued()).isZero();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void aCallHoldsItsSlotUntilItsStageEnds() {
        CompletionStage<String> returned = bulkhead.callAsync(() -> source);
        assertThat(bulkhead.activeCalls()).isEqualTo(1);
        assertThat(returned.toCompletableFuture()).isNotDone();

        source.complete("value");

        assertThat(returned).isCompletedWithValue("value");
    }

    @Test
    void theSlotIsFreeWhenTheReturnedStageEnds() {
        List<Integer> active = new ArrayList<>();
        bulkhead.callAsync(() -> source).thenRun(() -> active.add(bulkhead.activeCalls()));
        source.complete("value");
        bulkhead.callAsync(() -> CompletableFuture.completedFuture("at once"))
                .thenRun(() -> active.add(bulkhead.activeCalls()));

        CompletableFuture<String> timed = new CompletableFuture<>();
        Timeout timeout = Timeout.of("payments", TimeoutConfig.of(PATIENCE), time, timers);
        bulkhead.callAsync(() -> timeout.callAsync(() -> timed)).thenRun(() -> active.add(bulkhead.activeCalls()));
        timed.complete("in time");
        bulkhead.callAsync(() -> timeout.callAsync(() -> timed)).thenRun(() -> active.add(bulkhead.activeCalls()));

        assertThat(active).containsExactly(0, 0, 0, 0);
    }

    @Test
    void aStageThatFailsComesOutUnchanged() {
        IOException failure = new IOException();

        CompletionStage<String> returned = bulkhead.callAsync(() -> source);
        source.completeExceptionally(failure);

        assertThatThrownBy(() -> returned.toCompletableFuture().join()).hasCause(failure);
    }

    @Test
    void aSupplierThatThrowsAndOneWithoutAStageGiveTheSlotBack() {
        StackOverflowError error = new StackOverflowError();

        CompletionStage<String> threw = bulkhead.callAsync(() -> {
            throw error;
        });
        assertThatThrownBy(() -> threw.toCompletableFuture().join()).hasCause(error);
        CompletionStage<String> none = bulkhead.callAsync(() -> null);
        assertThatThrownBy(() -> none.toCompletableFuture().join())
                .cause()
                .hasMessage("the call of 'payments' returned no stage");
    }

    @Test
    void aStageThatCannotBeFollowedGivesTheSlotBack() {
        IllegalStateException defect = new IllegalStateException("defect");
        CompletableFuture<String> odd = new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(
                    java.util.function.BiConsumer<? super String, ? super Throwable> action) {
                throw defect;
            }
        };

        CompletionStage<String> returned = bulkhead.callAsync(() -> odd);

        assertThatThrownBy(() -> returned.toCompletableFuture().join()).hasCause(defect);
        odd.complete("nobody listens");
    }

    @Test
    void aFullBulkheadComesBackAsAFailedStage() {
        bulkhead.callAsync(() -> source);

        CompletionStage<String> returned = bulkhead.callAsync(() -> {
            throw new AssertionError("must not be called");
        });

        assertThatThrownBy(() -> returned.toCompletableFuture().join()).hasCauseInstanceOf(BulkheadFullException.class);
        source.complete("over");
    }

    @Test
    void cancellingTheReturnedStageCancelsTheSource() {
        CompletionStage<String> returned = bulkhead.callAsync(() -> source);

        assertThat(returned.toCompletableFuture().cancel(true)).isTrue();

        assertThat(source).isCancelled();
        assertThat(returned.toCompletableFuture().cancel(true)).isTrue();
        assertThat(bulkhead.totals()).isEqualTo(new BulkheadTotals(0, 0, 0, 0));
    }

    @Test
    void aStageThatHasEndedCannotBeCancelled() {
        CompletionStage<String> returned = bulkhead.callAsync(() -> CompletableFuture.completedFuture("value"));

        assertThat(returned.toCompletableFuture().cancel(true)).isFalse();
    }

    @Test
    void aSourceThatIsNotCancelledKeepsItsSlot() {
        CompletionStage<String> returned = bulkhead.callAsync(source::minimalCompletionStage);
        returned.toCompletableFuture().cancel(true);
        assertThat(returned.toCompletableFuture()).isCancelled();
        assertThat(bulkhead.activeCalls()).isEqualTo(1);

        source.complete("late");
    }

    @Test
    void aCallThatItsSupplierCancelsHasItsSourceCancelled() {
        AtomicReference<CompletionStage<String>> waiting = new AtomicReference<>();
        Bulkhead queueing = bulkhead(1);
        CompletableFuture<String> holder = new CompletableFuture<>();
        queueing.callAsync(() -> holder);
        waiting.set(queueing.callAsync(() -> {
            waiting.get().toCompletableFuture().cancel(true);
            return source;
        }));

        holder.complete("over");

        assertThat(source).isCancelled();
        assertThat(queueing.activeCalls()).isZero();
    }

    @Test
    void aTimeoutInsideKeepsTheSlotUntilTheSourceEnds() {
        Timeout timeout = Timeout.of("payments", TimeoutConfig.of(PATIENCE), time, timers);
        CompletionStage<String> returned = bulkhead.callAsync(() -> timeout.callAsync(source::minimalCompletionStage));

        time.advance(PATIENCE);

        assertThatThrownBy(() -> returned.toCompletableFuture().join()).hasCauseInstanceOf(CallTimeoutException.class);
        assertThat(bulkhead.activeCalls()).isEqualTo(1);
        source.complete("late");
        assertThat(bulkhead.activeCalls()).isZero();
    }

    @Test
    void aTimeoutInsideThatCancelsTheSourceGivesTheSlotBackFirst() {
        Timeout timeout = Timeout.of("payments", TimeoutConfig.of(PATIENCE), time, timers);
        List<Integer> active = new ArrayList<>();
        bulkhead.callAsync(() -> timeout.callAsync(() -> source))
                .whenComplete((value, thrown) -> active.add(bulkhead.activeCalls()));

        time.advance(PATIENCE);

        assertThat(source).isCancelled();
        assertThat(active).containsExactly(0);
    }

    @Test
    void aLongQueueOfCallsThatEndOnTheSpotKeepsTheStackFlat() {
        int waiters = 100_000;
        Bulkhead queueing = bulkhead(waiters);
        List<Integer> order = new ArrayList<>();
        List<Integer> depths = new ArrayList<>();
        queueing.callAsync(() -> source);
        for (int i = 0; i < waiters; i++) {
            int number = i;
            queueing.callAsync(() -> {
                order.add(number);
                if (number % 1_000 == 0) {
                    depths.add(new Throwable().getStackTrace().length);
                }
                return CompletableFuture.completedFuture("at once");
            });
        }

        source.complete("over");

        assertThat(order).isEqualTo(IntStream.range(0, waiters).boxed().toList());
        assertThat(depths).allMatch(depth -> depth <= depths.get(0) + 5);
        assertThat(queueing.activeCalls()).isZero();
        assertThat(queueing.queued()).isZero();
    }

    @Test
    void aCallDoesNotWaitForTheWholeQueueToEnd() {
        Bulkhead queueing = bulkhead(3);
        List<String> order = new ArrayList<>();
        queueing.callAsync(() -> source).thenRun(() -> order.add("first ended"));
        for (String name : List.of("second", "third", "fourth")) {
            queueing.callAsync(() -> {
                        order.add(name + " began");
                        return CompletableFuture.completedFuture(name);
                    })
                    .thenRun(() -> order.add(name + " ended"));
        }

        source.complete("over");

        assertThat(order)
                .containsExactly(
                        "second began",
                        "first ended",
                        "third began",
                        "second ended",
                        "fourth began",
                        "third ended",
                        "fourth ended");
    }

    @Test
    void aThreadThatGivesItsSlotBackBeginsTheNextCall() {
        Bulkhead queueing = bulkhead(1);
        AtomicReference<Thread> began = new AtomicReference<>();
        AtomicReference<CompletionStage<String>> waiting = new AtomicReference<>();

        queueing.run(() -> waiting.set(queueing.callAsync(() -> {
            began.set(Thread.currentThread());
            return source;
        })));

        assertThat(began).hasValue(Thread.currentThread());
        assertThat(queueing.activeCalls()).isEqualTo(1);
        source.complete("value");
        assertThat(waiting.get()).isCompletedWithValue("value");
    }

    @Test
    void aCallDoesNotBeginWithTheInterruptFlagOfTheThreadThatGaveItsSlotBack() {
        Bulkhead queueing = bulkhead(1);
        List<Boolean> flags = new ArrayList<>();

        queueing.run(() -> {
            queueing.callAsync(() -> {
                flags.add(Thread.currentThread().isInterrupted());
                return CompletableFuture.completedFuture("at once");
            });
            Thread.currentThread().interrupt();
        });
        flags.add(Thread.interrupted());
        Thread.currentThread().interrupt();
        queueing.callAsync(() -> CompletableFuture.completedFuture(flags.add(Thread.interrupted())));

        // Its own interrupt the thread keeps, and its own calls see it.
        assertThat(flags).containsExactly(false, true, true);
    }

    private Bulkhead bulkhead(int queueCapacity) {
        return Bulkhead.of("payments", new BulkheadConfig(1, queueCapacity, PATIENCE), time, timers);
    }
}
