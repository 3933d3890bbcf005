package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Methods that return stages. */
class StageTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean(Async.class);

    private final CompletableFuture<String> source = new CompletableFuture<>();

    @Test
    void recordsAStageWhenItEnds() {
        runner.run(context -> {
            CompletableFuture<String> result = context.getBean(Async.class).future(source);
            assertThat(totals(context, "future").succeeded()).isZero();

            source.complete("fine");
            assertThat(result).isCompletedWithValue("fine");
            assertThat(totals(context, "future").succeeded()).isEqualTo(1);
        });
    }

    @Test
    void recordsAStageThatFails() {
        runner.run(context -> {
            CompletionStage<String> result = context.getBean(Async.class).stage(source);

            source.completeExceptionally(new IOException("down"));
            assertThat(result)
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(Exception.class)
                    .withRootCauseInstanceOf(IOException.class);
            assertThat(totals(context, "stage").failed()).isEqualTo(1);
        });
    }

    @Test
    void makesOfARejectionAFailedStage() {
        runner.run(context -> {
            open(context, "future");
            assertThat(context.getBean(Async.class).future(source))
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(CallNotPermittedException.class);
        });
    }

    @Test
    void leavesAStageThatSucceedsToItself() {
        runner.run(context -> {
            CompletableFuture<String> result = context.getBean(Async.class).orValue(source);
            source.complete("fine");

            assertThat(result).isCompletedWithValue("fine");
            assertThat(totals(context, "orValue").succeeded()).isEqualTo(1);
            assertThat(context.getBean(Breakers.class).fallbacks("orValue")).isZero();
        });
    }

    @Test
    void answersAStageThatFails() {
        runner.run(context -> {
            CompletableFuture<String> result = context.getBean(Async.class).orValue(source);
            source.completeExceptionally(new CompletionException(new IOException("down")));

            assertThat(result).isCompletedWithValue("value for down");
            assertThat(totals(context, "orValue").failed()).isEqualTo(1);
            assertThat(context.getBean(Breakers.class).fallbacks("orValue")).isEqualTo(1);
        });
    }

    @Test
    void answersARejectionWithTheStageOfTheFallback() {
        runner.run(context -> {
            open(context, "orStage");
            Async bean = context.getBean(Async.class);
            CompletableFuture<String> answer = new CompletableFuture<>();
            CompletableFuture<String> result = bean.orStage(source, answer).toCompletableFuture();
            assertThat(result).isNotDone();

            answer.complete("later");
            assertThat(result).isCompletedWithValue("later");
        });
    }

    @Test
    void aFallbackThatFailsCarriesTheFirstException() {
        runner.run(context -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            CompletableFuture<String> result =
                    context.getBean(Async.class).orStage(source, answer).toCompletableFuture();
            IOException first = new IOException("down");
            source.completeExceptionally(first);
            answer.completeExceptionally(new IllegalStateException("down too"));

            assertThat(result)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingCause()
                    .withMessage("down too")
                    .satisfies(second -> assertThat(second).hasSuppressedException(first));
        });
    }

    @Test
    void aCancelledCallIsNeitherRecordedNorAnswered() {
        runner.run(context -> {
            CompletableFuture<String> result = context.getBean(Async.class).orValue(source);
            assertThat(result.cancel(true)).isTrue();

            assertThat(source).isCancelled();
            assertThat(result).isCancelled();
            assertThat(totals(context, "orValue").failed()).isZero();
            assertThat(context.getBean(Breakers.class).fallbacks("orValue")).isZero();
        });
    }

    @Test
    void cancelsWhatTheFallbackWaitsForAsFarAsItAllows() {
        runner.run(context -> {
            open(context, "orStage");
            Async bean = context.getBean(Async.class);
            CompletableFuture<String> answer = new CompletableFuture<>();
            assertThat(bean.orStage(source, answer).toCompletableFuture().cancel(true))
                    .isTrue();
            assertThat(answer).isCancelled();

            CompletableFuture<String> deaf = new CompletableFuture<>() {
                @Override
                public CompletableFuture<String> toCompletableFuture() {
                    throw new UnsupportedOperationException();
                }
            };
            assertThat(bean.orStage(source, deaf).toCompletableFuture().cancel(true))
                    .isTrue();
            assertThat(deaf).isNotDone();
        });
    }

    @Test
    void aCancelledSourceIsNotAnswered() {
        runner.run(context -> {
            CompletableFuture<String> result = context.getBean(Async.class).orValue(source);
            source.cancel(true);

            assertThat(result).isCompletedExceptionally();
            assertThat(context.getBean(Breakers.class).fallbacks("orValue")).isZero();
        });
    }

    @Test
    void aTimeoutOfTheCallerIsAFailureAndNotAnswered() {
        runner.run(context -> {
            CompletableFuture<String> result = context.getBean(Async.class).orValue(source);
            result.completeExceptionally(new TimeoutException());

            assertThat(totals(context, "orValue").failed()).isEqualTo(1);
            assertThat(context.getBean(Breakers.class).fallbacks("orValue")).isZero();
        });
    }

    @Test
    void answersOnlyWhatTheBreakerLetOutWhereOtherAdviceStandsBetween() {
        Function<MethodInterceptor, Async> proxied = between -> {
            ProxyFactory factory = new ProxyFactory(new Async());
            factory.setProxyTargetClass(true);
            factory.addAdvice(between);
            return (Async) factory.getProxy();
        };
        IllegalStateException refused = new IllegalStateException("refused");
        runner.withBean("passes", Async.class, () -> proxied.apply(invocation -> invocation.proceed()))
                .withBean(
                        "refuses",
                        Async.class,
                        () -> proxied.apply(invocation -> CompletableFuture.failedFuture(refused)))
                .withBean(
                        "replaces",
                        Async.class,
                        () -> proxied.apply(invocation -> ((CompletableFuture<?>) invocation.proceed())
                                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(refused))))
                .run(context -> {
                    source.completeExceptionally(new IOException("down"));
                    assertThat(bean(context, "passes").orValue(source)).isCompletedWithValue("value for down");
                    assertThat(bean(context, "refuses").orValue(source))
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .withCause(refused);
                    assertThat(bean(context, "replaces").orValue(source))
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .withCause(refused);
                });
    }

    private static Async bean(AssertableApplicationContext context, String name) {
        return context.getBean(name, Async.class);
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

    static class Async {

        @CircuitBreaker("future")
        public CompletableFuture<String> future(CompletableFuture<String> source) {
            return source;
        }

        @CircuitBreaker("stage")
        public CompletionStage<String> stage(CompletableFuture<String> source) {
            return source;
        }

        @CircuitBreaker(name = "orValue", fallbackMethod = "value")
        public CompletableFuture<String> orValue(CompletableFuture<String> source) {
            return source;
        }

        String value(Exception thrown) {
            return "value for " + thrown.getMessage();
        }

        @CircuitBreaker(name = "orStage", fallbackMethod = "other")
        public CompletionStage<String> orStage(CompletableFuture<String> source, CompletableFuture<String> answer) {
            return source;
        }

        CompletionStage<String> other(CompletableFuture<String> source, CompletableFuture<String> answer) {
            return answer;
        }
    }
}
