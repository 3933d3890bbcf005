package io.breaker.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.bulkhead.BulkheadFullException.Reason;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Timers;
import io.breaker.testing.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Callers that wait: their order, and every way out of the queue. */
class BulkheadQueueTests {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);
    private final Bulkhead bulkhead = Bulkhead.of("payments", new BulkheadConfig(1, 3, PATIENCE), time, timers);
    private final CompletableFuture<String> first = new CompletableFuture<>();

    @AfterEach
    void everythingIsGivenBack() {
        first.complete("over");
        assertThat(bulkhead.activeCalls()).isZero();
        assertThat(bulkhead.queued()).isZero();
        assertThat(timers.pending()).isZero();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aThreadThatWaitsGetsTheSlotThatIsGivenBack() throws Exception {
        bulkhead.callAsync(() -> first);
        Caller caller = waiting(Caller.platform(bulkhead));

        first.complete("over");

        assertThat(caller.outcome()).isEqualTo("made");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualThreadWaitsToo() throws Exception {
        bulkhead.callAsync(() -> first);
        Caller caller = waiting(new Caller(bulkhead, VirtualThreads::start));

        first.complete("over");

        assertThat(caller.outcome()).isEqualTo("made");
    }

    @Test
    void firstComeIsFirstServedWhetherAThreadWaitsOrAStage() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<String> second = new CompletableFuture<>();
        CompletableFuture<String> fourth = new CompletableFuture<>();
        bulkhead.callAsync(() -> first);
        bulkhead.callAsync(() -> begin("second", order, second));
        Caller third = waiting(Caller.platform(bulkhead), () -> order.add("third"));
        bulkhead.callAsync(() -> begin("fourth", order, fourth));
        assertThat(bulkhead.queued()).isEqualTo(3);

        first.complete("over");
        assertThat(order).containsExactly("second");
        second.complete("over");
        assertThat(third.outcome()).isEqualTo("made");
        fourth.complete("over");

        assertThat(order).containsExactly("second", "third", "fourth");
    }

    @Test
    void aNewcomerDoesNotOvertake() {
        List<String> order = new ArrayList<>();
        bulkhead.callAsync(() -> first);
        // The slot passes on before the stage of the first call ends, so the newcomer finds it taken again.
        CompletableFuture<String> second = new CompletableFuture<>();
        bulkhead.callAsync(() -> begin("second", order, second));
        first.thenRun(() -> bulkhead.callAsync(() -> begin("newcomer", order, second)));

        first.complete("over");
        second.complete("over");

        assertThat(order).containsExactly("second", "newcomer");
    }

    @Test
    void aFullQueueRejects() {
        bulkhead.callAsync(() -> first);
        for (int i = 0; i < 3; i++) {
            bulkhead.callAsync(() -> CompletableFuture.completedFuture("made"));
        }

        assertThatThrownBy(() -> bulkhead.run(() -> {}))
                .isInstanceOf(BulkheadFullException.class)
                .hasMessage("bulkhead 'payments' is full with 1 call: so is its queue with 3 callers");
        assertThat(rejection(bulkhead.callAsync(() -> first))).isEqualTo(Reason.FULL);
        assertThat(bulkhead.totals()).isEqualTo(new BulkheadTotals(2, 0, 0, 0));
    }

    @Test
    void aThreadThatWaitedInVainLeavesTheQueue() throws Exception {
        bulkhead.callAsync(() -> first);
        Caller caller = waiting(Caller.platform(bulkhead));

        time.advance(PATIENCE);

        assertThat(caller.thrown())
                .isInstanceOf(BulkheadFullException.class)
                .hasMessage("bulkhead 'payments' is full with 1 call: no slot came free within 1s");
        assertThat(bulkhead.queued()).isZero();
        assertThat(bulkhead.totals()).isEqualTo(new BulkheadTotals(0, 1, 0, 0));
    }

    @Test
    void aStageThatWaitedInVainLeavesTheQueue() {
        bulkhead.callAsync(() -> first);
        CompletionStage<String> waiting = bulkhead.callAsync(() -> {
            throw new AssertionError("must not be called");
        });
        time.advance(PATIENCE.minusNanos(1));
        assertThat(waiting.toCompletableFuture()).isNotDone();

        time.advance(Duration.ofNanos(1));

        assertThat(rejection(waiting)).isEqualTo(Reason.TIMED_OUT);
        assertThat(bulkhead.queued()).isZero();
        assertThat(bulkhead.totals()).isEqualTo(new BulkheadTotals(0, 1, 0, 0));
    }

    @Test
    void oneThatLeavesMakesRoomAndKeepsTheOrderOfTheOthers() {
        List<String> order = new ArrayList<>();
        bulkhead.callAsync(() -> first);
        List<CompletionStage<String>> waiting = new ArrayList<>();
        for (String name : List.of("second", "third", "fourth")) {
            waiting.add(bulkhead.callAsync(() -> begin(name, order, CompletableFuture.completedFuture(name))));
        }

        waiting.get(1).toCompletableFuture().cancel(true);
        assertThat(bulkhead.queued()).isEqualTo(2);
        assertThat(timers.pending()).isEqualTo(2);
        bulkhead.callAsync(() -> begin("fifth", order, CompletableFuture.completedFuture("fifth")));
        first.complete("over");

        assertThat(order).containsExactly("second", "fourth", "fifth");
        assertThat(bulkhead.totals()).isEqualTo(new BulkheadTotals(0, 0, 0, 1));
    }

    @Test
    void aWaitingStageThatItsHolderCompletesLeavesTheQueue() {
        bulkhead.callAsync(() -> first);
        CompletionStage<String> completed = bulkhead.callAsync(() -> first);
        CompletionStage<String> failed = bulkhead.callAsync(() -> first);

        completed.toCompletableFuture().complete("mine");
        failed.toCompletableFuture().completeExceptionally(new TimeoutException());

        assertThat(bulkhead.queued()).isZero();
        assertThat(timers.pending()).isZero();
        assertThat(bulkhead.totals()).isEqualTo(new BulkheadTotals(0, 0, 0, 2));
    }

    @Test
    void anInterruptedThreadLeavesTheQueueWithItsFlagUp() throws Exception {
        bulkhead.callAsync(() -> first);
        Caller caller = waiting(Caller.platform(bulkhead));

        caller.thread.interrupt();

        assertThat(caller.thrown())
                .isInstanceOf(BulkheadFullException.class)
                .hasMessage("bulkhead 'payments' is full with 1 call: interrupted while waiting for a slot");
        assertThat(caller.interrupted.get(1, TimeUnit.MINUTES)).isTrue();
        assertThat(bulkhead.queued()).isZero();
        assertThat(timers.pending()).isZero();
        assertThat(bulkhead.totals()).isEqualTo(new BulkheadTotals(0, 0, 1, 0));
    }

    @Test
    void aThreadThatIsInterruptedBeforehandDoesNotWait() {
        bulkhead.callAsync(() -> first);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> bulkhead.run(() -> {})).isInstanceOf(BulkheadFullException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptedThreadThatFindsASlotMakesItsCall() {
        Thread.currentThread().interrupt();

        assertThat(bulkhead.get(Thread::interrupted)).isTrue();
    }

    @Test
    void aSchedulerThatRefusesLeavesNobodyInTheQueue() {
        Bulkhead refused = Bulkhead.of("refused", new BulkheadConfig(1, 3, PATIENCE), time, (task, delay) -> {
            throw new RejectedExecutionException("closed");
        });
        refused.callAsync(() -> first);

        assertThatThrownBy(() -> refused.run(() -> {})).hasMessage("closed");
        assertThat(refused.callAsync(() -> first).toCompletableFuture()).isCompletedExceptionally();

        assertThat(refused.queued()).isZero();
        assertThat(refused.activeCalls()).isEqualTo(1);
    }

    @Test
    void aSlotThatComesWhileTheTimerIsMadeIsTaken() {
        Bulkhead hasty = Bulkhead.of("hasty", new BulkheadConfig(1, 3, PATIENCE), time, (task, delay) -> {
            first.complete("over");
            return timers.schedule(task, delay);
        });
        hasty.callAsync(() -> first);

        assertThat(hasty.get(() -> "made")).isEqualTo("made");
        assertThat(hasty.activeCalls()).isZero();
    }

    @Test
    void aHigherLimitLetsWaitersInAtOnceAndInOrder() throws Exception {
        List<String> order = new ArrayList<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        bulkhead.callAsync(() -> first);
        bulkhead.callAsync(() -> begin("second", order, second));
        Caller third = waiting(Caller.platform(bulkhead));
        CompletionStage<String> fourth =
                bulkhead.callAsync(() -> begin("fourth", order, CompletableFuture.completedFuture("made")));

        bulkhead.reconfigure(bulkhead.config().toBuilder().maxConcurrentCalls(3).build());

        assertThat(third.outcome()).isEqualTo("made");
        assertThat(fourth.toCompletableFuture().get(1, TimeUnit.MINUTES)).isEqualTo("made");
        assertThat(order).containsExactly("second", "fourth");
        second.complete("over");
    }

    @Test
    void aLowerLimitTakesSlotsAwayAsCallsEnd() {
        bulkhead.reconfigure(new BulkheadConfig(3, 3, PATIENCE));
        List<CompletableFuture<String>> sources = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<String> source = new CompletableFuture<>();
            sources.add(source);
            bulkhead.callAsync(() -> source);
        }
        CompletionStage<String> waiting = bulkhead.callAsync(() -> CompletableFuture.completedFuture("made"));

        bulkhead.reconfigure(new BulkheadConfig(1, 3, PATIENCE));
        sources.get(0).complete("over");
        sources.get(1).complete("over");
        assertThat(bulkhead.activeCalls()).isEqualTo(1);
        assertThat(waiting.toCompletableFuture()).isNotDone();
        sources.get(2).complete("over");

        assertThat(waiting).isCompletedWithValue("made");
    }

    private static CompletionStage<String> begin(String name, List<String> order, CompletionStage<String> stage) {
        order.add(name);
        return stage;
    }

    private static Reason rejection(CompletionStage<?> stage) {
        Throwable thrown = catchThrowable(() -> stage.toCompletableFuture().getNow(null));
        return ((BulkheadFullException) thrown.getCause()).reason();
    }

    private Caller waiting(Caller caller) {
        return waiting(caller, () -> {});
    }

    /** Starts a caller and waits until it is in the queue. */
    private Caller waiting(Caller caller, Runnable call) {
        int before = timers.pending();
        caller.start(call);
        while (timers.pending() == before) {
            Thread.onSpinWait();
        }
        return caller;
    }

    /** A thread that makes one call. */
    private static final class Caller {

        private final Bulkhead bulkhead;
        private final Consumer<Runnable> threads;
        private final CompletableFuture<String> ended = new CompletableFuture<>();
        private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        private volatile Thread thread;

        Caller(Bulkhead bulkhead, Consumer<Runnable> threads) {
            this.bulkhead = bulkhead;
            this.threads = threads;
        }

        static Caller platform(Bulkhead bulkhead) {
            return new Caller(bulkhead, work -> new Thread(work).start());
        }

        void start(Runnable call) {
            threads.accept(() -> {
                thread = Thread.currentThread();
                try {
                    bulkhead.run(call);
                    ended.complete("made");
                } catch (Throwable thrown) {
                    ended.completeExceptionally(thrown);
                }
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
        }

        String outcome() throws Exception {
            return ended.get(1, TimeUnit.MINUTES);
        }

        Throwable thrown() {
            Throwable thrown = catchThrowable(this::outcome);
            assertThat(thrown).isInstanceOf(ExecutionException.class);
            return thrown.getCause();
        }
    }
}
