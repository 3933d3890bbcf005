package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.AdvancingTime;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PipelineRegistry;
import io.breaker.spring.registry.PolicyTotals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Plain methods inside a retry and a bulkhead. */
class PipelineAdviceTests {

    /** What the shop does, call by call. */
    private final Queue<Callable<String>> answers = new ArrayDeque<>();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean(AdvancingTime.class)
            .withBean(Shop.class, () -> new Shop(answers));

    private final ApplicationContextRunner retrying = runner.withPropertyValues(
            "breaker.instances.payments.retry.max-attempts=3", "breaker.instances.payments.retry.jitter=0");

    @Test
    void everyAttemptPassesTheBreaker() {
        retrying.run(context -> {
            Shop shop = context.getBean(Shop.class);
            answers.add(failing(new IOException("first")));
            answers.add(failing(new IOException("second")));
            answers.add(() -> "paid");

            assertThat(shop.pay()).isEqualTo("paid");

            assertThat(totals(context).failed()).isEqualTo(2);
            assertThat(totals(context).succeeded()).isEqualTo(1);
            assertThat(beside(context)).isEqualTo(new PolicyTotals(2, 0, 0, 0));
            assertThat(context.getBean(AdvancingTime.class).pauses())
                    .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
        });
    }

    @Test
    void aFallbackDoesNotSwallowTheRetry() {
        retrying.run(context -> {
            Shop shop = context.getBean(Shop.class);
            answers.add(failing(new IOException("first")));
            answers.add(() -> "paid");
            assertThat(shop.payOrElse("42")).isEqualTo("paid");
            assertThat(beside(context)).isEqualTo(new PolicyTotals(1, 0, 0, 0));

            IntStream.range(0, 3).forEach(attempt -> answers.add(failing(new IOException("no. " + attempt))));
            assertThat(shop.payOrElse("42")).isEqualTo("42 later: no. 2");
            assertThat(beside(context)).isEqualTo(new PolicyTotals(3, 0, 1, 0));
        });
    }

    @Test
    void aRejectionIsNotRetriedButAnswered() {
        retrying.run(context -> {
            Shop shop = context.getBean(Shop.class);
            context.getBean(Breakers.class).get("payments").forceOpen();

            assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(shop::pay);
            assertThat(shop.payOrElse("42")).startsWith("42 later: ");

            assertThat(totals(context).rejected()).isEqualTo(2);
            assertThat(beside(context).retries()).isZero();
        });
    }

    @Test
    void whatTheBreakerIgnoresIsNotRetriedUnlessTheSettingsSaySo() {
        ApplicationContextRunner ignoring =
                retrying.withPropertyValues("breaker.instances.payments.tracker=!typeOf(java.io.IOException)");
        ignoring.run(context -> {
            Shop shop = context.getBean(Shop.class);
            answers.add(failing(new IOException("ignored")));
            assertThatExceptionOfType(IOException.class).isThrownBy(shop::pay);
            assertThat(totals(context).ignored()).isEqualTo(1);
        });
        ignoring.withPropertyValues("breaker.instances.payments.retry.on=typeOf(java.io.IOException)")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    answers.add(failing(new IOException("ignored")));
                    answers.add(() -> "paid");
                    assertThat(shop.pay()).isEqualTo("paid");
                });
    }

    @Test
    void aFullBulkheadNeitherTripsTheBreakerNorIsRetried() {
        retrying.withPropertyValues(
                        "breaker.instances.payments.bulkhead.max-concurrent-calls=1",
                        "breaker.instances.payments.tripper=failureStreak(1)")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    answers.add(() -> {
                        assertThatExceptionOfType(BulkheadFullException.class).isThrownBy(shop::pay);
                        return shop.payOrElse("42");
                    });

                    assertThat(shop.pay()).startsWith("42 later: bulkhead 'payments' is full");

                    assertThat(context.getBean(Breakers.class).get("payments").state())
                            .isEqualTo(CircuitState.CLOSED);
                    assertThat(totals(context).failed()).isZero();
                    assertThat(totals(context).ignored()).isEqualTo(2);
                    assertThat(beside(context)).isEqualTo(new PolicyTotals(0, 0, 1, 2));
                    assertThat(context.getBean(AdvancingTime.class).pauses()).isEmpty();
                });
    }

    @Test
    void codeAndMethodsOfOneNameShareThePipeline() {
        retrying.withPropertyValues("breaker.instances.payments.bulkhead.max-concurrent-calls=1")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    PipelineRegistry pipelines = context.getBean(PipelineRegistry.class);

                    assertThatExceptionOfType(BulkheadFullException.class)
                            .isThrownBy(() -> pipelines.pipeline("payments").call(shop::pay));
                });
    }

    @Test
    void nothingStandsAroundACallWhereTheNameIsNotEnabled() {
        retrying.withPropertyValues("breaker.instances.payments.enabled=false").run(context -> {
            Shop shop = context.getBean(Shop.class);
            answers.add(failing(new IOException("down")));
            answers.add(() -> "paid");

            assertThatExceptionOfType(IOException.class).isThrownBy(shop::pay);
            assertThat(beside(context).retries()).isZero();
        });
    }

    @Test
    void aCallAlonePassesTheBreakerAlone() {
        runner.run(context -> assertThat(context.getBean(PipelineRegistry.class)
                        .pipeline("payments")
                        .policies())
                .containsExactly(context.getBean(Breakers.class).get("payments")));
    }

    @Test
    void aPrivateFallbackAnswersManyCallersAtOnce() {
        retrying.withPropertyValues("breaker.instances.payments.tripper=failureStreak(1000000)")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    ExecutorService callers = Executors.newFixedThreadPool(8);
                    try {
                        List<Callable<String>> calls = IntStream.range(0, 400)
                                .<Callable<String>>mapToObj(call -> () -> shop.failOrElse(Integer.toString(call)))
                                .toList();
                        List<Future<String>> answers = callers.invokeAll(calls);
                        for (int call = 0; call < answers.size(); call++) {
                            assertThat(answers.get(call).get()).isEqualTo(call + " later: down");
                        }
                    } finally {
                        callers.shutdownNow();
                    }
                    assertThat(beside(context)).isEqualTo(new PolicyTotals(800, 0, 400, 0));
                });
    }

    @Test
    void anErrorIsNeitherRetriedNorAnswered() {
        retrying.run(context -> {
            Shop shop = context.getBean(Shop.class);
            AssertionError error = new AssertionError("broken");
            answers.add(() -> {
                throw error;
            });

            assertThatThrownBy(() -> shop.payOrElse("42")).isSameAs(error);
            assertThat(totals(context).failed()).isEqualTo(1);
        });
    }

    private static Callable<String> failing(Exception failure) {
        return () -> {
            throw failure;
        };
    }

    private static CallTotals totals(AssertableApplicationContext context) {
        return context.getBean(Breakers.class).get("payments").snapshot().totals();
    }

    private static PolicyTotals beside(AssertableApplicationContext context) {
        return context.getBean(Breakers.class).totals("payments");
    }

    static class Shop {

        private final Queue<Callable<String>> answers;

        Shop(Queue<Callable<String>> answers) {
            this.answers = answers;
        }

        @CircuitBreaker("payments")
        public String pay() throws Exception {
            return answers.remove().call();
        }

        @CircuitBreaker(name = "payments", fallbackMethod = "later")
        public String payOrElse(String id) throws Exception {
            return answers.remove().call();
        }

        @CircuitBreaker(name = "payments", fallbackMethod = "later")
        public String failOrElse(String id) {
            throw new IllegalStateException("down");
        }

        private String later(String id, Exception failure) {
            return id + " later: " + failure.getMessage();
        }
    }
}
