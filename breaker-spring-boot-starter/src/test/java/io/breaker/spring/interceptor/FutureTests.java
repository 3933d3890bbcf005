package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Methods that return plain futures, which tell nobody when they are done. */
class FutureTests {

    private final ManualTime time = new ManualTime();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean(ManualTime.class, () -> time)
            .withBean("pool", Pool.class);

    private final FutureTask<String> source = new FutureTask<>(() -> "fine");

    @Test
    void aFutureIsNoSuccessWhenTheMethodReturnsIt() {
        run((context, pool) -> {
            Future<String> result = pool.submit(source);

            assertThat(result.isDone()).isFalse();
            assertThat(totals(context, "submit").succeeded()).isZero();
        });
    }

    @Test
    void countsWhenGetFindsTheResult() {
        run((context, pool) -> {
            Future<String> result = pool.submit(source);
            source.run();
            assertThat(totals(context, "submit").succeeded()).isZero();

            assertThat(result.get()).isEqualTo("fine");
            assertThat(totals(context, "submit").succeeded()).isEqualTo(1);
        });
    }

    @Test
    void countsWhenIsDoneFindsTheResult() {
        run((context, pool) -> {
            Future<String> result = pool.submit(source);
            source.run();

            assertThat(result.isDone()).isTrue();
            assertThat(totals(context, "submit").succeeded()).isEqualTo(1);
        });
    }

    @Test
    void countsWhenCancelComesTooLate() {
        run((context, pool) -> {
            Future<String> result = pool.submit(source);
            source.run();

            assertThat(result.cancel(true)).isFalse();
            assertThat(result.isCancelled()).isFalse();
            assertThat(totals(context, "submit").succeeded()).isEqualTo(1);
        });
    }

    @Test
    void countsOnceHoweverOftenItIsLookedAt() {
        run((context, pool) -> {
            Future<String> result = pool.submit(source);
            source.run();

            assertThat(result.isDone()).isTrue();
            assertThat(result.get()).isEqualTo("fine");
            assertThat(result.get(1, TimeUnit.SECONDS)).isEqualTo("fine");
            assertThat(result.cancel(true)).isFalse();
            assertThat(totals(context, "submit")).satisfies(totals -> {
                assertThat(totals.succeeded()).isEqualTo(1);
                assertThat(totals.ignored()).isZero();
            });
        });
    }

    @Test
    void aCallThatNobodyAsksAboutIsNeverCounted() {
        run((context, pool) -> {
            pool.submit(source);
            source.run();

            assertThat(totals(context, "submit").succeeded()).isZero();
        });
    }

    @Test
    void recordsNoLatencyOfACallThatWasFoundDone() {
        run((context, pool) -> {
            Future<String> result = pool.submit(source);
            source.run();
            time.advance(Duration.ofHours(1));
            result.get();

            assertThat(totals(context, "submit").meanLatency()).isEmpty();
        });
    }

    @Test
    void recordsTheLatencyOfACallThatWasDoneWhenItReturned() {
        run((context, pool) -> {
            pool.made(() -> {
                time.advance(Duration.ofSeconds(2));
                source.run();
                return source;
            });

            assertThat(totals(context, "made").succeeded()).isEqualTo(1);
            assertThat(totals(context, "made").meanLatency()).contains(Duration.ofSeconds(2));
        });
    }

    @Test
    void recordsACompletableFutureWhenItEnds() {
        run((context, pool) -> {
            CompletableFuture<String> telling = new CompletableFuture<>();
            Future<String> result = pool.made(() -> telling);
            telling.complete("fine");

            assertThat(totals(context, "made").succeeded()).isEqualTo(1);
            assertThat(result.get()).isEqualTo("fine");
        });
    }

    @Test
    void tellsTheTrackerWhatTheCallThrew() {
        run((context, pool) -> {
            Future<String> result = pool.onlyIo(failing(new IOException("down")));
            assertThatThrownBy(result::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
            assertThat(totals(context, "onlyIo").failed()).isEqualTo(1);

            Future<String> other = pool.onlyIo(failing(new IllegalStateException("no IO")));
            assertThatThrownBy(other::get).hasCauseInstanceOf(IllegalStateException.class);
            assertThat(totals(context, "onlyIo").failed()).isEqualTo(1);
            assertThat(totals(context, "onlyIo").ignored()).isEqualTo(1);
        });
    }

    @Test
    void anErrorIsAFailure() {
        run((context, pool) -> {
            Future<String> result = pool.submit(failing(new StackOverflowError()));

            assertThatThrownBy(result::get).hasCauseInstanceOf(StackOverflowError.class);
            assertThat(totals(context, "submit").failed()).isEqualTo(1);
        });
    }

    @Test
    void theBodyDoesNotRunWhileTheCircuitIsOpen() {
        run((context, pool) -> {
            open(context, "made");
            Future<String> result = pool.made(() -> {
                throw new AssertionError("the body ran");
            });

            assertThatThrownBy(result::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CallNotPermittedException.class);
            assertThat(totals(context, "made").rejected()).isEqualTo(1);
        });
    }

    @Test
    void whatTheMethodThrowsIsAFailureAndComesInTheFuture() {
        run((context, pool) -> {
            Future<String> result = pool.made(() -> {
                throw new IOException("no thread");
            });

            assertThatThrownBy(result::get).hasCauseInstanceOf(IOException.class);
            assertThat(totals(context, "made").failed()).isEqualTo(1);
        });
    }

    @Test
    void noFutureIsAFailure() {
        run((context, pool) -> {
            assertThatThrownBy(pool.made(() -> null)::get).hasCauseInstanceOf(NullPointerException.class);
            assertThat(totals(context, "made").failed()).isEqualTo(1);
        });
    }

    @Test
    void aResultThatTheResultTrackerMatchesIsAFailure() {
        runner.withPropertyValues("breaker.instances.submit.result-tracker=isFine")
                .withBean("isFine", Predicate.class, () -> "fine"::equals)
                .run(context -> {
                    Future<String> result = context.getBean(Pool.class).submit(source);
                    source.run();

                    assertThat(result.get()).isEqualTo("fine");
                    assertThat(totals(context, "submit").failed()).isEqualTo(1);
                });
    }

    private void run(Check check) {
        runner.run(context -> check.on(context, context.getBean("pool", Pool.class)));
    }

    private interface Check {

        void on(AssertableApplicationContext context, Pool pool) throws Throwable;
    }

    /** Gives a task that is under way when the method returns it, and has failed when it is looked at again. */
    static FutureTask<String> failing(Throwable thrown) {
        return new FutureTask<>(() -> "") {
            private boolean returned;

            @Override
            public boolean isDone() {
                if (returned) {
                    setException(thrown);
                }
                returned = true;
                return super.isDone();
            }

            @Override
            public String get() throws InterruptedException, ExecutionException {
                setException(thrown);
                return super.get();
            }
        };
    }

    private static CallTotals totals(AssertableApplicationContext context, String name) {
        return context.getBean(CircuitBreakerRegistry.class)
                .find(name)
                .orElseThrow()
                .snapshot()
                .totals();
    }

    private static void open(AssertableApplicationContext context, String name) {
        context.getBean(CircuitBreakerRegistry.class).find(name).orElseThrow().forceOpen();
    }

    static class Pool {

        @CircuitBreaker("submit")
        public Future<String> submit(FutureTask<String> task) {
            return task;
        }

        @CircuitBreaker("made")
        public Future<String> made(Callable<Future<String>> maker) throws Exception {
            return maker.call();
        }

        @CircuitBreaker(name = "onlyIo", tracker = "typeOf(java.io.IOException)")
        public Future<String> onlyIo(FutureTask<String> task) {
            return task;
        }
    }
}
