package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What answers in place of methods that return plain futures: a value or a future, when the failure is found. */
class FutureFallbackTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean("pool", Pool.class);

    private final FutureTask<String> source = new FutureTask<>(() -> "fine");

    @Test
    void answersAFailureWithAValueWhenItIsFound() {
        run((context, pool) -> {
            Future<String> result = pool.orValue(FutureTests.failing(new IOException("down")));
            assertThat(context.getBean(Breakers.class).fallbacks("orValue")).isZero();

            assertThat(result.get()).isEqualTo("value for down");
            assertThat(context.getBean(Breakers.class).fallbacks("orValue")).isEqualTo(1);
            assertThat(totals(context, "orValue").failed()).isEqualTo(1);
        });
    }

    @Test
    void answersARejectionWithTheFutureOfTheFallback() {
        run((context, pool) -> {
            open(context, "orFuture");
            FutureTask<String> answer = new FutureTask<>(() -> "later");
            Future<String> result = pool.orFuture(source, answer);
            assertThat(result.isDone()).isFalse();

            answer.run();
            assertThat(result.isDone()).isTrue();
            assertThat(result.get()).isEqualTo("later");
        });
    }

    @Test
    void answersWhatTheMethodThrows() {
        run((context, pool) -> {
            Future<String> result = pool.orValue(null);

            assertThat(result.isDone()).isTrue();
            assertThat(result.get()).isEqualTo("value for no task");
        });
    }

    @Test
    void aFallbackThatFailsCarriesTheFirstException() {
        run((context, pool) -> {
            IOException first = new IOException("down");
            Future<String> result = pool.orFuture(
                    FutureTests.failing(first), FutureTests.failing(new IllegalStateException("down too")));

            assertThatThrownBy(result::get)
                    .cause()
                    .hasMessage("down too")
                    .satisfies(second -> assertThat(second).hasSuppressedException(first));
        });
    }

    @Test
    void cancelsTheFutureOfTheFallback() {
        run((context, pool) -> {
            FutureTask<String> answer = new FutureTask<>(() -> "later");
            Future<String> result = pool.orFuture(FutureTests.failing(new IOException("down")), answer);
            assertThat(result.isDone()).isFalse();

            assertThat(result.cancel(true)).isTrue();
            assertThat(answer.isCancelled()).isTrue();
        });
    }

    @Test
    void answersOnlyWhatTheBreakerLetOutWhereOtherAdviceStandsBetween() {
        Function<MethodInterceptor, Pool> proxied = between -> {
            ProxyFactory factory = new ProxyFactory(new Pool());
            factory.setProxyTargetClass(true);
            factory.addAdvice(between);
            return (Pool) factory.getProxy();
        };
        IllegalStateException refused = new IllegalStateException("refused");
        runner.withBean("passes", Pool.class, () -> proxied.apply(invocation -> invocation.proceed()))
                .withBean("refuses", Pool.class, () -> proxied.apply(invocation -> FutureTests.failing(refused)))
                .withBean("returnsNothing", Pool.class, () -> proxied.apply(invocation -> null))
                .run(context -> {
                    Future<String> passed =
                            bean(context, "passes").orValue(FutureTests.failing(new IOException("down")));
                    assertThat(passed.get()).isEqualTo("value for down");
                    assertThat(totals(context, "orValue").failed()).isEqualTo(1);

                    Future<String> refusal = bean(context, "refuses").orValue(source);
                    assertThatThrownBy(refusal::get).hasCause(refused);
                    assertThat(bean(context, "returnsNothing").orValue(source)).isNull();
                    assertThat(bean(context, "passes").submit(source).isDone()).isFalse();
                });
    }

    private void run(Check check) {
        runner.run(context -> check.on(context, context.getBean("pool", Pool.class)));
    }

    private interface Check {

        void on(AssertableApplicationContext context, Pool pool) throws Throwable;
    }

    private static Pool bean(AssertableApplicationContext context, String name) {
        return context.getBean(name, Pool.class);
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

        @CircuitBreaker(name = "orValue", fallbackMethod = "value")
        public Future<String> orValue(FutureTask<String> task) {
            if (task == null) {
                throw new IllegalStateException("no task");
            }
            return task;
        }

        private String value(Exception thrown) {
            return "value for " + thrown.getMessage();
        }

        @CircuitBreaker(name = "orFuture", fallbackMethod = "other")
        public Future<String> orFuture(FutureTask<String> task, FutureTask<String> answer) {
            return task;
        }

        private Future<String> other(FutureTask<String> task, FutureTask<String> answer) {
            return answer;
        }
    }
}
