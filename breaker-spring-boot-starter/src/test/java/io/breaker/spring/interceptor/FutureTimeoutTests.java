package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Plain futures inside a timeout or a bulkhead, and callers who look at them at odd moments or never. */
class FutureTimeoutTests {

    private final ManualTime time = new ManualTime();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withPropertyValues("breaker.instances.submit.timeout=2s")
            .withBean(ManualTime.class, () -> time)
            .withBean("pool", Pool.class);

    @Test
    void theLatencyOfATimeoutIsRecordedAlsoWhereTheCallerSeesTheTaskCancelledFirst() {
        runner.run(context -> {
            CompletableFuture<Future<String>> result = new CompletableFuture<>();
            FutureTask<String> source = new FutureTask<>(() -> "late") {
                @Override
                protected void done() {
                    // As one does who waits in get: the cancellation wakes him, and the timeout has not got any
                    // further.
                    result.join().isDone();
                }
            };
            result.complete(context.getBean(Pool.class).submit(source));

            time.advance(Duration.ofSeconds(2));

            assertThat(totals(context)).satisfies(totals -> {
                assertThat(totals.failed()).isEqualTo(1);
                assertThat(totals.meanLatency()).contains(Duration.ofSeconds(2));
            });
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTimeoutInterruptsATaskOnlyIfItMay(boolean interrupts) {
        runner.withPropertyValues("breaker.instances.submit.timeout-interrupt=" + interrupts)
                .run(context -> {
                    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
                    FutureTask<String> source = new FutureTask<>(() -> "late") {
                        @Override
                        public boolean cancel(boolean mayInterruptIfRunning) {
                            interrupted.complete(mayInterruptIfRunning);
                            return super.cancel(mayInterruptIfRunning);
                        }
                    };
                    context.getBean(Pool.class).submit(source);

                    time.advance(Duration.ofSeconds(2));

                    assertThat(interrupted).isCompletedWithValue(interrupts);
                });
    }

    @Test
    void aCallerWhoIsInterruptedSeesThatTheFutureIsDone() {
        runner.run(context -> {
            FutureTask<String> source = new FutureTask<>(() -> "fine") {
                @Override
                public String get() throws InterruptedException, ExecutionException {
                    // As Guava's futures do, also where they are done.
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    return super.get();
                }
            };
            Future<String> result = context.getBean(Pool.class).submit(source);
            source.run();
            Thread.currentThread().interrupt();
            boolean done = result.isDone();
            boolean cancelled = result.cancel(true);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(done).isTrue();
            assertThat(cancelled).isFalse();
            assertThat(totals(context).succeeded()).isEqualTo(1);
        });
    }

    @Test
    void aCallThatNobodyAsksAboutKeepsItsSlotNoLongerThanItLasts() {
        runner.withPropertyValues("breaker.instances.unseen.bulkhead.max-concurrent-calls=1")
                .run(context -> {
                    Pool pool = context.getBean(Pool.class);
                    FutureTask<String> source = new FutureTask<>(() -> "unseen");
                    pool.unseen(source);
                    assertThatThrownBy(pool.unseen(new FutureTask<>(() -> "refused"))::get)
                            .hasCauseInstanceOf(BulkheadFullException.class);

                    source.run();

                    FutureTask<String> next = new FutureTask<>(() -> "made");
                    Future<String> result = pool.unseen(next);
                    next.run();
                    assertThat(result.get()).isEqualTo("made");
                });
    }

    private static CallTotals totals(AssertableApplicationContext context) {
        return context.getBean(CircuitBreakerRegistry.class)
                .find("submit")
                .orElseThrow()
                .snapshot()
                .totals();
    }

    static class Pool {

        @CircuitBreaker("submit")
        public Future<String> submit(FutureTask<String> task) {
            return task;
        }

        @CircuitBreaker("unseen")
        public Future<String> unseen(FutureTask<String> task) {
            return task;
        }
    }
}
