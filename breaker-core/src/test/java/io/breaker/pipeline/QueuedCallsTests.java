package io.breaker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Failed;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Succeeded;
import io.breaker.policy.Policy;
import io.breaker.reactor.ReactorPolicies;
import io.breaker.testing.Eventually;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Timers;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The latency of calls that wait in the queue of a bulkhead before they are made. */
class QueuedCallsTests {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "shop", CircuitBreakerConfig.builder().resultTracker("bad"::equals).build(), time);
    private final Bulkhead bulkhead = Bulkhead.of("shop", new BulkheadConfig(1, 1, PATIENCE), time, timers);
    private final Pipeline pipeline = Pipeline.builder("shop")
            .circuitBreaker(breaker)
            .bulkhead(bulkhead)
            .timeout(Timeout.of("shop", TimeoutConfig.of(Duration.ofSeconds(10)), time, timers))
            .build();
    private final Queue<Duration> succeeded = new ConcurrentLinkedQueue<>();
    private final Queue<Duration> failed = new ConcurrentLinkedQueue<>();

    /** Takes the one slot until it is completed. */
    private final CompletableFuture<String> first = new CompletableFuture<>();

    @BeforeEach
    void takeTheSlot() {
        bulkhead.callAsync(() -> first);
        breaker.onEvent(Succeeded.class, event -> succeeded.add(event.latency().orElseThrow()));
        breaker.onEvent(Failed.class, event -> failed.add(event.latency().orElseThrow()));
    }

    /** The ways to make a synchronous call. */
    enum Way {
        CALL {
            @Override
            void make(Policy policy, Runnable work) throws Exception {
                policy.call(() -> {
                    work.run();
                    return "made";
                });
            }
        },
        GET {
            @Override
            void make(Policy policy, Runnable work) {
                policy.get(() -> {
                    work.run();
                    return "made";
                });
            }
        },
        RUN {
            @Override
            void make(Policy policy, Runnable work) {
                policy.run(work);
            }
        };

        abstract void make(Policy policy, Runnable work) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void theLatencyOfACallBeginsWhenItHasLeftTheQueue(Way way) throws Exception {
        CompletableFuture<Void> made = waiting(() -> way.make(pipeline, () -> time.advance(Duration.ofSeconds(1))));
        time.advance(Duration.ofSeconds(30));
        first.complete("over");
        made.get();

        assertThat(succeeded).containsExactly(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @EnumSource
    void soDoesThatOfACallThatFails(Way way) throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Void> made = waiting(() -> thrown.complete(catchThrowable(() -> way.make(pipeline, () -> {
            time.advance(Duration.ofSeconds(1));
            throw new IllegalStateException("down");
        }))));
        time.advance(Duration.ofSeconds(30));
        first.complete("over");
        made.get();

        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
        assertThat(failed).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void aResultThatIsAFailureIsOneBehindAQueueToo() throws Exception {
        first.complete("over");

        assertThat(pipeline.call(() -> "bad")).isEqualTo("bad");
        assertThat(pipeline.get(() -> "bad")).isEqualTo("bad");

        assertThat(failed).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatTheBulkheadRejectsIsNotRecorded(Way way) throws Exception {
        bulkhead.callAsync(CompletableFuture::new);

        assertThat(catchThrowable(() -> way.make(pipeline, () -> {}))).isInstanceOf(BulkheadFullException.class);

        assertThat(breaker.snapshot().totals().ignored()).isEqualTo(1);
        assertThat(breaker.snapshot().stats().total()).isZero();
    }

    @Test
    void theLatencyOfAnAsynchronousCallBeginsWhenItHasLeftTheQueue() {
        CompletableFuture<String> source = new CompletableFuture<>();
        pipeline.callAsync(() -> source);
        waitAndWork(() -> source.complete("made"));

        assertThat(succeeded).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void soDoesThatOfAnAsynchronousCallThatFails() {
        CompletableFuture<String> source = new CompletableFuture<>();
        pipeline.callAsync(() -> source);
        waitAndWork(() -> source.completeExceptionally(new IOException("down")));

        assertThat(failed).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void soDoesThatOfACallThatItsCallerGivesUp() {
        CompletableFuture<String> call =
                pipeline.<String>callAsync(CompletableFuture::new).toCompletableFuture();
        waitAndWork(() -> call.completeExceptionally(new TimeoutException()));

        assertThat(failed).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void aCallThatIsGivenUpInTheQueueTookNoTime() {
        CompletableFuture<String> call =
                pipeline.<String>callAsync(CompletableFuture::new).toCompletableFuture();
        time.advance(Duration.ofSeconds(30));
        call.completeExceptionally(new TimeoutException());

        assertThat(failed).containsExactly(Duration.ZERO);
    }

    @Test
    void soDoesThatOfAPublisher() {
        CompletableFuture<String> source = new CompletableFuture<>();
        List<String> seen = new CopyOnWriteArrayList<>();
        ReactorPolicies.flux(pipeline, () -> Flux.from(Mono.fromFuture(source))).subscribe(seen::add);
        waitAndWork(() -> source.complete("made"));

        assertThat(seen).containsExactly("made");
        assertThat(succeeded).containsExactly(Duration.ofSeconds(1));
    }

    private void waitAndWork(Runnable end) {
        time.advance(Duration.ofSeconds(30));
        first.complete("over");
        time.advance(Duration.ofSeconds(1));
        end.run();
    }

    /** Something that may throw. */
    @FunctionalInterface
    private interface Work {

        void run() throws Exception;
    }

    /** Does something on another thread, and returns when that waits in the queue. */
    private CompletableFuture<Void> waiting(Work work) {
        CompletableFuture<Void> made = CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (Exception thrown) {
                throw new AssertionError(thrown);
            }
        });
        Eventually.holds("the call waits", () -> timers.pending() == 1);
        return made;
    }
}
