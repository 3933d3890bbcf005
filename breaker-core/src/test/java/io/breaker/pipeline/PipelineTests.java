package io.breaker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.fallback.Fallback;
import io.breaker.policy.Policy;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Timers;
import io.breaker.time.Backoff;
import io.breaker.timeout.CallTimeoutException;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a pipeline makes of its policies. */
class PipelineTests {

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);
    private final List<String> log = new ArrayList<>();

    @Test
    void alwaysHasTheSameOrderWhateverTheOrderOfTheCalls() {
        Retry retry = retry(settings -> settings.on("all"));
        CircuitBreaker breaker = CircuitBreaker.of("shop", settings -> settings);
        Bulkhead bulkhead = Bulkhead.of("shop", settings -> settings);
        Timeout timeout = Timeout.of("shop", Duration.ofSeconds(1));
        Policy first = new Logged("first");
        Policy second = new Logged("second");
        Policy last = new Logged("last");

        Pipeline pipeline = Pipeline.builder("shop")
                .inside(last)
                .timeout(timeout)
                .bulkhead(bulkhead)
                .around(first)
                .around(second)
                .circuitBreaker(breaker)
                .retry(retry)
                .build();

        assertThat(pipeline.policies().get(2)).isInstanceOf(Retry.class);
        assertThat(pipeline.policies())
                .containsExactly(first, second, pipeline.policies().get(2), breaker, bulkhead, timeout, last);
        assertThat(pipeline.find(CircuitBreaker.class)).contains(breaker);
        assertThat(pipeline.find(Retry.class)).map(Retry::config).contains(retry.config());
        assertThat(pipeline.find(Logged.class)).contains((Logged) first);
    }

    @Test
    void aTimeoutIsAFailureAndRetriedWhateverTheTrackerSays() {
        CircuitBreaker breaker = CircuitBreaker.of("shop", settings -> settings.tracker("typeOf(java.io.IOException)"));
        Pipeline pipeline = Pipeline.builder("shop")
                .retry(retry(settings -> settings.maxAttempts(2)))
                .circuitBreaker(breaker)
                .timeout(Timeout.of("shop", TimeoutConfig.of(Duration.ofSeconds(1)), time, timers))
                .build();

        assertThatThrownBy(() -> pipeline.run(() -> time.advance(Duration.ofSeconds(1))))
                .isInstanceOf(CallTimeoutException.class);

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(2);
    }

    @Test
    void aRetryWithATrackerOfItsOwnMayLeaveTimeoutsAlone() {
        CircuitBreaker breaker = CircuitBreaker.of("shop", settings -> settings);
        Pipeline pipeline = Pipeline.builder("shop")
                .retry(retry(settings -> settings.maxAttempts(2).on("typeOf(java.io.IOException)")))
                .circuitBreaker(breaker)
                .timeout(Timeout.of("shop", TimeoutConfig.of(Duration.ofSeconds(1)), time, timers))
                .build();

        assertThatThrownBy(() -> pipeline.run(() -> time.advance(Duration.ofSeconds(1))))
                .isInstanceOf(CallTimeoutException.class);

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
    }

    @Test
    void theUsersOwnPoliciesStandOutsideTheRetryAndDirectlyAroundTheCall() throws Exception {
        Pipeline pipeline = Pipeline.builder("shop")
                .retry(retry(settings -> settings.on("all")))
                .around(new Logged("outer"), new Logged("inner"))
                .inside(new Logged("inside"))
                .build();
        AtomicInteger attempts = new AtomicInteger();

        pipeline.call(() -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IOException();
            }
            return log.add("call");
        });

        assertThat(log).containsExactly("outer", "inner", "inside", "inside", "call");
    }

    @Test
    void everyKindOfCallPassesEveryPolicy() throws Exception {
        Pipeline pipeline = Pipeline.builder("shop")
                .around(new Logged("1"))
                .inside(new Logged("2"), new Logged("3"))
                .build();

        assertThat(pipeline.call(() -> "call")).isEqualTo("call");
        assertThat(pipeline.get(() -> "get")).isEqualTo("get");
        pipeline.run(() -> log.add("run"));
        assertThat(pipeline.callAsync(() -> CompletableFuture.completedFuture("stage")))
                .isCompletedWithValue("stage");

        assertThat(log).containsExactly("1", "2", "3", "1", "2", "3", "1", "2", "3", "run", "1", "2", "3");
    }

    @Test
    void withoutPoliciesItMakesTheCallAndNothingElse() throws Exception {
        Pipeline empty = Pipeline.builder("empty").build();
        IOException failure = new IOException();

        assertThat(empty.call(() -> "call")).isEqualTo("call");
        assertThat(empty.get(() -> "get")).isEqualTo("get");
        empty.run(() -> log.add("run"));
        assertThat(log).containsExactly("run");
        assertThat(empty.callAsync(() -> CompletableFuture.completedFuture("stage")))
                .isCompletedWithValue("stage");
        assertThatThrownBy(() -> empty.call(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(empty.callAsync(() -> null).toCompletableFuture()).isCompletedExceptionally();
        assertThat(empty.callAsync(() -> {
                            throw new IllegalStateException();
                        })
                        .toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(empty.policies()).isEmpty();
        assertThat(empty.find(Retry.class)).isEmpty();
    }

    @Test
    void oneBreakerAloneCostsNoObjectForACall() {
        CircuitBreaker breaker = CircuitBreaker.of("shop", settings -> settings);
        Pipeline pipeline = Pipeline.builder("shop").circuitBreaker(breaker).build();
        Runnable call = () -> {};
        runOften(pipeline, call);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        runOften(pipeline, call);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(5_000);
    }

    private static void runOften(Policy policy, Runnable call) {
        for (int i = 0; i < 5_000; i++) {
            policy.run(call);
        }
    }

    @Test
    void aRetryWithoutATrackerRetriesWhatTheBreakerTracksAtThatMoment() {
        CircuitBreaker breaker = CircuitBreaker.of("shop", settings -> settings.tracker("typeOf(java.io.IOException)"));
        Retry retry = retry(settings -> settings);
        Pipeline pipeline =
                Pipeline.builder("shop").retry(retry).circuitBreaker(breaker).build();

        assertThatThrownBy(() -> pipeline.run(PipelineTests::fail)).isInstanceOf(IllegalStateException.class);
        assertThat(retry.totals().retries()).isZero();
        breaker.reconfigure(CircuitBreakerConfig.ofDefaults());
        assertThatThrownBy(() -> pipeline.run(PipelineTests::fail)).isInstanceOf(IllegalStateException.class);

        assertThat(retry.totals().retries()).isEqualTo(2);
    }

    @Test
    void aRejectionIsNotRetriedButAnswered() throws Exception {
        CircuitBreaker breaker = CircuitBreaker.of("shop", settings -> settings);
        Retry retry = retry(settings -> settings.on("all"));
        Pipeline pipeline =
                Pipeline.builder("shop").circuitBreaker(breaker).retry(retry).build();
        breaker.forceOpen();

        String answer = pipeline.call(
                () -> "value", Fallback.of(CallNotPermittedException.class, refused -> refused.state() + "!"));

        assertThat(answer).isEqualTo("FORCED_OPEN!");
        assertThat(retry.totals().retries()).isZero();
        assertThat(breaker.snapshot().totals().rejected()).isEqualTo(1);
        assertThat(pipeline.fallbacks()).isEqualTo(1);
    }

    @Test
    void theBreakerThatOpensBetweenTwoAttemptsEndsTheRetries() {
        CircuitBreaker breaker = CircuitBreaker.of("shop", settings -> settings.tripper("failureStreak(2)"));
        Retry retry = retry(settings -> settings.maxAttempts(10));
        Pipeline pipeline =
                Pipeline.builder("shop").circuitBreaker(breaker).retry(retry).build();

        assertThatThrownBy(() -> pipeline.run(PipelineTests::fail)).isInstanceOf(CallNotPermittedException.class);

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(2);
        assertThat(retry.totals().retries()).isEqualTo(2);
    }

    @Test
    void theFallbackAnswersWhatTheRetriesLeft() throws Exception {
        Retry retry = retry(settings -> settings);
        Pipeline pipeline = Pipeline.builder("shop").retry(retry).build();
        Fallback<String> fallback = Fallback.of("default");
        CompletableFuture<String> failed = CompletableFuture.failedFuture(new IOException());

        assertThat(pipeline.call(
                        () -> {
                            throw new IOException();
                        },
                        fallback))
                .isEqualTo("default");
        assertThat(pipeline.get(
                        () -> {
                            throw new IllegalStateException();
                        },
                        fallback))
                .isEqualTo("default");
        CompletionStage<String> returned = pipeline.callAsync(() -> failed, fallback);
        time.advance(Duration.ofSeconds(1));

        assertThat(returned).isCompletedWithValue("default");
        assertThat(retry.totals().retries()).isEqualTo(6);
        assertThat(pipeline.fallbacks()).isEqualTo(3);
        assertThat(fallback.totals().answered()).isEqualTo(3);
        assertThat(pipeline.get(() -> "value", fallback)).isEqualTo("value");
        assertThat(pipeline.fallbacks()).isEqualTo(3);
    }

    @Test
    void mustHaveAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.builder(" "))
                .withMessage("name must not be blank: ' '");
        assertThat(Pipeline.builder("shop")
                        .circuitBreaker(CircuitBreaker.of("shop", settings -> settings))
                        .inside(new Logged("own"))
                        .build())
                .hasToString("Pipeline 'shop': CircuitBreaker 'shop' CLOSED > Logged[text=own]");
    }

    private Retry retry(UnaryOperator<RetryConfig.Builder> settings) {
        RetryConfig config = settings.apply(RetryConfig.builder()
                        .backoff(new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(3), /* jitter= */ 0)))
                .build();
        return Retry.of("shop", config, time, timers.stepping());
    }

    private static void fail() {
        throw new IllegalStateException();
    }

    /** Says that a call passes. */
    private final class Logged implements Policy {

        private final String text;

        Logged(String text) {
            this.text = text;
        }

        @Override
        public <T> T call(Callable<T> call) throws Exception {
            log.add(text);
            return call.call();
        }

        @Override
        public <T> T get(Supplier<T> call) {
            log.add(text);
            return call.get();
        }

        @Override
        public void run(Runnable call) {
            log.add(text);
            call.run();
        }

        @Override
        public <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
            log.add(text);
            return call.get();
        }

        @Override
        public String toString() {
            return "Logged[text=" + text + "]";
        }
    }
}
