package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Who waits for a plain future, who gives it up, and what that says about the call. */
class FutureWaitTests {

    private static final CallTotals NOTHING =
            new CallTotals(0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Optional.empty());

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean("pool", Pool.class);

    private final FutureTask<String> source = new FutureTask<>(() -> "fine");

    @Test
    void aCancelledCallIsNeitherSuccessNorFailure() {
        run((context, pool) -> {
            Future<String> result = pool.submit(source);
            assertThat(result.cancel(true)).isTrue();

            assertThat(source.isCancelled()).isTrue();
            assertThat(result.isCancelled()).isTrue();
            assertThatThrownBy(result::get).isInstanceOf(CancellationException.class);
            assertThat(totals(context, "submit").ignored()).isEqualTo(1);
        });
    }

    @Test
    void aCallThatWasCancelledElsewhereIsNeitherSuccessNorFailure() {
        run((context, pool) -> {
            Future<String> result = pool.submit(source);
            source.cancel(true);

            assertThat(result.isCancelled()).isTrue();
            assertThat(totals(context, "submit").ignored()).isEqualTo(1);
        });
    }

    @Test
    void aCallerWhoDoesNotWaitLongerSaysNothingAboutTheCall() {
        run((context, pool) -> {
            Future<String> result = pool.submit(source);
            assertThatThrownBy(() -> result.get(1, TimeUnit.NANOSECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(totals(context, "submit")).isEqualTo(NOTHING);

            source.run();
            assertThat(result.get(1, TimeUnit.NANOSECONDS)).isEqualTo("fine");
            assertThat(totals(context, "submit").succeeded()).isEqualTo(1);
        });
    }

    @Test
    void aCallerWhoIsInterruptedSaysNothingAboutTheCall() {
        run((context, pool) -> {
            Future<String> result = pool.submit(source);
            Thread.currentThread().interrupt();
            assertThatThrownBy(result::get).isInstanceOf(InterruptedException.class);

            assertThat(Thread.interrupted()).isFalse();
            assertThat(totals(context, "submit")).isEqualTo(NOTHING);
        });
    }

    @Test
    void aWaitingCallerGetsTheResultWhenItComes() {
        run((context, pool) -> {
            CountDownLatch waiting = new CountDownLatch(1);
            FutureTask<String> announced = new FutureTask<>(() -> "fine") {
                @Override
                public String get() throws InterruptedException, ExecutionException {
                    waiting.countDown();
                    return super.get();
                }
            };
            Future<String> result = pool.submit(announced);
            CompletableFuture<String> got = CompletableFuture.supplyAsync(() -> uninterrupted(result::get));
            waiting.await();
            announced.run();

            assertThat(got).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("fine");
            assertThat(totals(context, "submit").succeeded()).isEqualTo(1);
        });
    }

    private void run(Check check) {
        runner.run(context -> check.on(context, context.getBean("pool", Pool.class)));
    }

    private interface Check {

        void on(AssertableApplicationContext context, Pool pool) throws Throwable;
    }

    private static String uninterrupted(Callable<String> call) {
        try {
            return call.call();
        } catch (Exception thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    private static CallTotals totals(AssertableApplicationContext context, String name) {
        return context.getBean(CircuitBreakerRegistry.class)
                .find(name)
                .orElseThrow()
                .snapshot()
                .totals();
    }

    static class Pool {

        @CircuitBreaker("submit")
        public Future<String> submit(FutureTask<String> task) {
            return task;
        }
    }
}
