package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PipelineRegistry;
import io.breaker.spring.registry.PolicyTotals;
import io.breaker.testing.ManualTime;
import io.breaker.timeout.CallTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Methods that return stages inside a retry, a bulkhead and a timeout. */
class PipelineStageTests {

    private final ManualTime time = new ManualTime();
    /** What the shop gave, call by call, and on which threads. */
    private final List<CompletableFuture<String>> sources = new CopyOnWriteArrayList<>();

    private final List<String> threads = new CopyOnWriteArrayList<>();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean(ManualTime.class, () -> time)
            .withBean(Shop.class, () -> new Shop(sources, threads));

    private final ApplicationContextRunner retrying = runner.withPropertyValues(
            "breaker.instances.payments.retry.max-attempts=2", "breaker.instances.payments.retry.jitter=0");

    @Test
    void aStageThatFailsIsAskedForAgainAfterTheDelay() {
        retrying.run(context -> {
            Shop shop = context.getBean(Shop.class);
            CompletableFuture<String> paid = shop.pay();
            sources.get(0).completeExceptionally(new IOException("down"));
            time.advance(Duration.ofMillis(99));
            assertThat(sources).hasSize(1);

            time.advance(Duration.ofMillis(1));
            assertThat(paid).isNotDone();
            sources.get(1).complete("paid");

            assertThat(paid).isCompletedWithValue("paid");
            assertThat(context.getBean(Breakers.class).totals("payments")).isEqualTo(new PolicyTotals(1, 0, 0, 0));
        });
    }

    @Test
    void aFallbackAnswersAfterTheLastAttempt() {
        retrying.run(context -> {
            Shop shop = context.getBean(Shop.class);
            CompletionStage<String> paid = shop.payOrElse();
            sources.get(0).completeExceptionally(new IOException("down"));
            assertThat(paid.toCompletableFuture()).isNotDone();

            time.advance(Duration.ofMillis(100));
            sources.get(1).completeExceptionally(new IOException("still down"));

            assertThat(paid.toCompletableFuture()).isCompletedWithValue("later: still down");
        });
    }

    @Test
    void aLaterAttemptRunsOnTheThreadOfTheSchedulerWhereThereIsNoOther() {
        retrying.run(context -> {
            context.getBean(Shop.class).pay();
            sources.get(0).completeExceptionally(new IOException("down"));
            time.advance(Duration.ofMillis(100));

            // The one that advances the time.
            assertThat(threads).hasSize(2).containsOnly(Thread.currentThread().getName());
        });
    }

    @Test
    void aLaterAttemptRunsOnTheExecutorOfTheApplicationWhereThereIsOne() {
        retrying.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withPropertyValues("spring.task.execution.thread-name-prefix=worker-")
                .run(context -> {
                    CompletableFuture<String> paid = context.getBean(Shop.class).pay();
                    sources.get(0).completeExceptionally(new IOException("down"));
                    time.advance(Duration.ofMillis(100));
                    while (sources.size() < 2) {
                        Thread.onSpinWait();
                    }
                    sources.get(1).complete("paid");

                    // The worker may not have looked at the source yet.
                    assertThat(paid).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("paid");
                    assertThat(threads.get(1)).startsWith("worker-");
                });
    }

    @Test
    void aStageThatTakesTooLongFailsAtItsTimeout() {
        runner.withPropertyValues("breaker.instances.payments.timeout=2s").run(context -> {
            Shop shop = context.getBean(Shop.class);
            CompletableFuture<String> paid = shop.pay();
            time.advance(Duration.ofSeconds(2));

            assertThat(paid)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withRootCauseInstanceOf(CallTimeoutException.class);
            assertThat(sources.get(0)).isCancelled();
            assertThat(context.getBean(Breakers.class)
                            .get("payments")
                            .snapshot()
                            .totals()
                            .failed())
                    .isEqualTo(1);
        });
    }

    @Test
    void aStageHoldsItsPlaceInTheBulkheadUntilItEnds() {
        runner.withPropertyValues(
                        "breaker.instances.payments.bulkhead.max-concurrent-calls=1",
                        "breaker.instances.payments.bulkhead.queue-capacity=1",
                        "breaker.instances.payments.bulkhead.queue-timeout=500ms")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    Bulkhead bulkhead = context.getBean(PipelineRegistry.class)
                            .pipeline("payments")
                            .find(Bulkhead.class)
                            .orElseThrow();
                    shop.pay();
                    CompletableFuture<String> waiting = shop.pay();
                    CompletionStage<String> refused = shop.payOrElse();

                    assertThat(refused.toCompletableFuture())
                            .isCompletedWithValueMatching(answer -> answer.startsWith("later: bulkhead"));
                    assertThat(bulkhead.queued()).isEqualTo(1);
                    time.advance(Duration.ofMillis(500));
                    assertThat(waiting)
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .withRootCauseInstanceOf(BulkheadFullException.class);

                    sources.get(0).complete("paid");
                    assertThat(bulkhead.activeCalls()).isZero();
                    assertThat(context.getBean(Breakers.class)
                                    .totals("payments")
                                    .bulkheadRejections())
                            .isEqualTo(2);
                });
    }

    @Test
    void cancellingTheResultEndsTheAttempts() {
        retrying.run(context -> {
            Shop shop = context.getBean(Shop.class);
            CompletableFuture<String> paid = shop.pay();
            sources.get(0).completeExceptionally(new IOException("down"));
            paid.cancel(true);
            time.advance(Duration.ofSeconds(10));

            assertThat(sources).hasSize(1);
        });
    }

    static class Shop {

        private final List<CompletableFuture<String>> sources;
        private final List<String> threads;

        Shop(List<CompletableFuture<String>> sources, List<String> threads) {
            this.sources = sources;
            this.threads = threads;
        }

        @CircuitBreaker("payments")
        public CompletableFuture<String> pay() {
            CompletableFuture<String> source = new CompletableFuture<>();
            threads.add(Thread.currentThread().getName());
            sources.add(source);
            return source;
        }

        @CircuitBreaker(name = "payments", fallbackMethod = "later")
        public CompletionStage<String> payOrElse() {
            return pay();
        }

        private String later(Exception failure) {
            return "later: " + failure.getMessage();
        }
    }
}
