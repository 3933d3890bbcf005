package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerEvent;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.AdvancingTime;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PolicyTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Defects of annotated methods that were reproduced in other circuit breakers, or that their users report; numbers are
 * issues of Resilience4j unless another project is named. None of them may happen here.
 *
 * <p>Others of this kind are kept out by tests that stand elsewhere. A fallback that keeps the retry from its work (558,
 * 593, 614) and a full bulkhead that trips the breaker (614): {@link PipelineAdviceTests}. A timeout that refuses methods
 * which return plain values (948, 1018, 1464): {@link PipelineTimeoutTests}. A {@code Future} that counts as a success when
 * it is returned: {@link FutureTests}. A fallback for ignored exceptions (804, 863, 1740), and one that sees the fields of
 * the proxy (1993, 2267): {@link FallbackTests}. A HALF_OPEN that an {@code Error}, a cancellation or an ignored exception
 * wedges (544, 935, 1389): {@code HalfOpenMatrixTests}. A method body that runs while the circuit
 * is open: {@code ReturnTypeMatrixTests}.
 */
class RivalDefectsTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean(AdvancingTime.class)
            .withBean(Office.class);

    private final ApplicationContextRunner retrying =
            runner.withPropertyValues("breaker.defaults.retry.max-attempts=2", "breaker.defaults.timeout=2s");

    /** 878: each call made the private method accessible and took that back, so that calls at once saw it private. */
    @RepeatedTest(5)
    void theFirstCallsOfAPrivateFallbackMayComeAllAtOnce() {
        runner.withPropertyValues("breaker.instances.fail.tripper=failureStreak(1000000)")
                .run(context -> {
                    Office office = context.getBean(Office.class);
                    CyclicBarrier start = new CyclicBarrier(8);
                    Callable<Long> caller = () -> {
                        await(start);
                        return IntStream.range(0, 500)
                                .filter(call -> office.fail().equals("later"))
                                .count();
                    };
                    assertThat(inThreads(8, caller)).hasSize(8).containsOnly(500L);
                });
    }

    /** A plain future that was never read kept its permit for ever. */
    @Test
    void aFutureThatNobodyReadsDoesNotWedgeAHalfOpen() {
        runner.withPropertyValues(
                        "breaker.instances.task.tripper=failureStreak(1)",
                        "breaker.instances.task.cooldown=fixed(5s)",
                        "breaker.instances.task.permit=concurrent(1)",
                        "breaker.instances.task.success-threshold=1")
                .run(context -> {
                    Office office = context.getBean(Office.class);
                    AdvancingTime time = context.getBean(AdvancingTime.class);
                    CircuitBreaker breaker = breaker(context, "task");
                    breaker.begin().fail(new Exception());
                    time.advance(Duration.ofSeconds(5));
                    office.task(new FutureTask<>(() -> "forgotten"));
                    assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);

                    time.advance(Duration.ofSeconds(60));
                    assertThat(office.task(new FutureTask<>(() -> "reopens"))).isDone();
                    time.advance(Duration.ofSeconds(5));
                    assertThat(office.task(CompletableFuture.completedFuture("read"))
                                    .get())
                            .isEqualTo("read");

                    assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
                });
    }

    /** A {@code CompletionException} without a cause ended in a {@code NullPointerException}, and no outcome. */
    @Test
    void aCompletionExceptionWithoutACauseIsAFailureAndIsAnswered() {
        runner.run(context -> {
            CompletableFuture<String> source = new CompletableFuture<>();
            CompletableFuture<String> result = context.getBean(Office.class).stage(source);
            source.completeExceptionally(new CompletionException("bare", null));

            assertThat(result).isCompletedWithValue("later");
            assertThat(breaker(context, "stage").snapshot().totals().failed()).isEqualTo(1);
        });
    }

    /** 1357, 1476, 1900, 1969, Spring Cloud Circuit Breaker 119: what stands in the thread was lost on the way. */
    @Test
    void whatTheCallerHasInItsThreadIsThereInEachAttemptAndInTheFallback() {
        retrying.run(context -> {
            Office.USER.set("alice");
            try {
                assertThat(context.getBean(Office.class).asUser()).isEqualTo("for alice after alice, alice");
                assertThat(Thread.interrupted()).isFalse();
            } finally {
                Office.USER.remove();
            }
            assertThat(context.getBean(Breakers.class).totals("user")).isEqualTo(new PolicyTotals(1, 2, 1, 0));
        });
    }

    /** Likewise for the context of a subscriber. */
    @Test
    void whatTheSubscriberHasInItsContextIsThereInEachAttemptAndInTheFallback() {
        retrying.run(context -> {
            CompletableFuture<String> result = context.getBean(Office.class)
                    .asSubscriber()
                    .contextWrite(view -> view.put("user", "alice"))
                    .toFuture();
            context.getBean(AdvancingTime.class).advance(Duration.ofSeconds(10));

            assertThat(result).isCompletedWithValue("for alice after alice, alice");
        });
    }

    /** 1653: one rejected call was counted, and told, as many times as there were policies around it. */
    @Test
    void aRejectionIsCountedAndToldOnceWhateverStandsAroundIt() {
        retrying.run(context -> {
            Office office = context.getBean(Office.class);
            CircuitBreaker breaker = breaker(context, "fail");
            LongAdder told = new LongAdder();
            breaker.onEvent(CircuitBreakerEvent.Rejected.class, event -> told.increment());
            breaker.forceOpen();

            assertThat(office.fail()).isEqualTo("later");
            assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(office::failForGood);

            assertThat(breaker.snapshot().totals().rejected()).isEqualTo(2);
            assertThat(told.sum()).isEqualTo(2);
        });
    }

    private static CircuitBreaker breaker(AssertableApplicationContext context, String name) {
        return context.getBean(Breakers.class).get(name);
    }

    private static void await(CyclicBarrier start) throws InterruptedException {
        try {
            start.await();
        } catch (BrokenBarrierException other) {
            throw new IllegalStateException(other);
        }
    }

    private static List<Long> inThreads(int count, Callable<Long> caller) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<Long>> callers = IntStream.range(0, count)
                    .mapToObj(thread -> threads.submit(caller))
                    .toList();
            List<Long> counts = new ArrayList<>();
            for (Future<Long> running : callers) {
                counts.add(running.get());
            }
            return counts;
        } finally {
            threads.shutdownNow();
        }
    }
}
