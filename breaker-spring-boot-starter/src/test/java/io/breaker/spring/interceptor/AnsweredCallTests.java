package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PolicyTotals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What a fallback, or a caller who does not wait for it, must not hide or leave behind. */
class AnsweredCallTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean(Desk.class);

    @Test
    void anAnsweredInterruptionLeavesTheFlagSet() {
        runner.run(context -> {
            String answer = context.getBean(Desk.class).waitOrElse(() -> "default");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(answer).isEqualTo("default");
        });
    }

    @Test
    void anInterruptionWhoseAnswerFailsLeavesTheFlagSet() {
        runner.run(context -> {
            Desk desk = context.getBean(Desk.class);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> desk.waitOrElse(AnsweredCallTests::fail));

            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @Test
    void anInterruptionThatNobodyAnswersComesAsItIs() {
        runner.run(context -> {
            Desk desk = context.getBean(Desk.class);
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(desk::waitOrIo);

            assertThat(Thread.interrupted()).isFalse();
        });
    }

    /** Some throw one exception again and again, made in advance. */
    @Test
    void anExceptionThatEachFallbackThrowsDoesNotGrowWithEachCall() {
        runner.withPropertyValues("breaker.instances.fail.tripper=failureStreak(1000)")
                .run(context -> {
                    Desk desk = context.getBean(Desk.class);
                    IllegalStateException constant = new IllegalStateException("no answer");
                    for (int call = 0; call < 100; call++) {
                        assertThatThrownBy(() -> desk.failOrElse(constant)).isSameAs(constant);
                    }

                    assertThat(constant.getSuppressed()).hasSizeBetween(1, 16);
                });
    }

    @Test
    void aValueOfTheCallersEndsTheCallWhichSaysNothingAboutIt() {
        runner.run(context -> {
            Desk desk = context.getBean(Desk.class);
            CompletableFuture<String> source = new CompletableFuture<>();
            CompletableFuture<String> result = desk.stageOrElse(source, () -> null);

            assertThat(result.complete("default")).isTrue();

            assertThat(totals(context, "stage").ignored()).isEqualTo(1);
            assertThat(source).isNotDone();
            assertThat(result.complete("again")).isFalse();
            assertThat(result).isCompletedWithValue("default");
        });
    }

    /** As {@code orTimeout} does: a breaker that did not learn of it would never open for a service that hangs. */
    @Test
    void aFailureOfTheCallersIsAFailureAlsoInsideARetry() {
        runner.withPropertyValues("breaker.instances.stage.retry.max-attempts=2")
                .run(context -> {
                    Desk desk = context.getBean(Desk.class);
                    CompletableFuture<String> source = new CompletableFuture<>();
                    desk.stageOrElse(source, () -> null).completeExceptionally(new TimeoutException());

                    assertThat(totals(context, "stage").failed()).isEqualTo(1);
                    assertThat(context.getBean(Breakers.class).totals("stage")).isEqualTo(new PolicyTotals(0, 0, 0, 0));
                    assertThat(source).isNotDone();
                });
    }

    @Test
    void aValueOrAFailureOfTheCallersIsNotForTheStageOfTheFallback() {
        runner.run(context -> {
            Desk desk = context.getBean(Desk.class);
            CompletableFuture<String> shared = new CompletableFuture<>();
            CompletableFuture<String> failed = CompletableFuture.failedFuture(new IOException("down"));

            desk.stageOrElse(failed, () -> shared).complete("default");
            desk.stageOrElse(failed, () -> shared).completeExceptionally(new TimeoutException());

            assertThat(shared).isNotDone();
        });
    }

    @Test
    void aCallerWhoCancelsWhileTheFallbackRunsCancelsItsStage() {
        runner.run(context -> {
            Desk desk = context.getBean(Desk.class);
            CompletableFuture<String> source = new CompletableFuture<>();
            CompletableFuture<String> answer = new CompletableFuture<>();
            List<CompletableFuture<String>> results = new ArrayList<>();
            results.add(desk.stageOrElse(source, () -> {
                results.get(0).cancel(true);
                return answer;
            }));

            source.completeExceptionally(new IOException("down"));

            assertThat(results.get(0)).isCancelled();
            assertThat(answer).isCancelled();
        });
    }

    @Test
    void aTaskIsInterruptedOnlyWhereTheCallerWantsIt() {
        runner.withPropertyValues(
                        "breaker.instances.task.timeout=1h",
                        "breaker.instances.task.retry.max-attempts=2",
                        "breaker.instances.task.bulkhead.max-concurrent-calls=5")
                .run(context -> {
                    Desk desk = context.getBean(Desk.class);
                    Task spared = new Task();
                    Task interrupted = new Task();

                    assertThat(desk.task(spared).cancel(false)).isTrue();
                    assertThat(desk.task(interrupted).cancel(true)).isTrue();

                    assertThat(spared.cancels).containsExactly(false);
                    assertThat(interrupted.cancels).containsExactly(true);
                });
    }

    private static CallTotals totals(AssertableApplicationContext context, String name) {
        return context.getBean(Breakers.class).get(name).snapshot().totals();
    }

    private static String fail() {
        throw new IllegalStateException("no answer");
    }

    /** A task that remembers how it was cancelled. */
    private static final class Task extends FutureTask<String> {

        private final List<Boolean> cancels = new ArrayList<>();

        Task() {
            super(() -> "done");
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            cancels.add(mayInterruptIfRunning);
            return super.cancel(mayInterruptIfRunning);
        }
    }

    static class Desk {

        @CircuitBreaker(name = "wait", fallbackMethod = "answer")
        public String waitOrElse(Supplier<String> answer) throws InterruptedException {
            throw new InterruptedException();
        }

        private String answer(Supplier<String> answer, Exception thrown) {
            return answer.get();
        }

        @CircuitBreaker(name = "wait", fallbackMethod = "io")
        public String waitOrIo() throws InterruptedException {
            throw new InterruptedException();
        }

        private String io(IOException thrown) {
            return "io";
        }

        @CircuitBreaker(name = "fail", fallbackMethod = "failAgain")
        public String failOrElse(RuntimeException again) throws IOException {
            throw new IOException("down");
        }

        private String failAgain(RuntimeException again, IOException thrown) {
            throw again;
        }

        @CircuitBreaker(name = "stage", fallbackMethod = "stage")
        public CompletableFuture<String> stageOrElse(
                CompletableFuture<String> source, Supplier<CompletionStage<String>> answer) {
            return source;
        }

        private CompletionStage<String> stage(
                CompletableFuture<String> source, Supplier<CompletionStage<String>> answer) {
            return answer.get();
        }

        @CircuitBreaker("task")
        public Future<String> task(Task task) {
            return task;
        }
    }
}
