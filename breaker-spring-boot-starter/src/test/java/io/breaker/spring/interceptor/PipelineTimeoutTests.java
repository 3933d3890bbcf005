package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.spring.AdvancingTime;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PolicyTotals;
import io.breaker.timeout.CallTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Plain methods inside a timeout. */
class PipelineTimeoutTests {

    /** What the shop does, call by call. */
    private final Queue<Callable<String>> answers = new ArrayDeque<>();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean(AdvancingTime.class)
            .withBean(Shop.class, () -> new Shop(answers))
            .withPropertyValues("breaker.instances.payments.timeout=2s");

    /** Others throw IllegalReturnTypeException for a method that is not asynchronous. */
    @Test
    void aPlainMethodIsCutAtItsTimeoutOnItsOwnThread() {
        runner.run(context -> {
            Shop shop = context.getBean(Shop.class);
            AdvancingTime time = context.getBean(AdvancingTime.class);
            Thread caller = Thread.currentThread();
            answers.add(() -> {
                assertThat(Thread.currentThread()).isSameAs(caller);
                time.advance(Duration.ofSeconds(2));
                if (Thread.interrupted()) {
                    throw new InterruptedException("cut");
                }
                return "too late";
            });

            assertThatExceptionOfType(CallTimeoutException.class)
                    .isThrownBy(shop::pay)
                    .withMessage("timeout 'payments': the call did not end within 2s");

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(totals(context).failed()).isEqualTo(1);
            assertThat(beside(context).timeouts()).isEqualTo(1);
        });
    }

    @Test
    void aTimeoutThatDoesNotInterruptIsReportedWhenTheCallReturns() {
        runner.withPropertyValues("breaker.instances.payments.timeout-interrupt=false")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    AdvancingTime time = context.getBean(AdvancingTime.class);
                    answers.add(() -> {
                        time.advance(Duration.ofSeconds(3));
                        return Thread.currentThread().isInterrupted() ? "interrupted" : "too late";
                    });

                    assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(shop::pay);
                });
    }

    @Test
    void aTimeoutIsAnsweredAlsoWhereTheTrackerDoesNotNameIt() {
        runner.withPropertyValues("breaker.instances.payments.tracker=typeOf(java.io.IOException)")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    AdvancingTime time = context.getBean(AdvancingTime.class);
                    answers.add(() -> {
                        time.advance(Duration.ofSeconds(2));
                        return "too late";
                    });

                    assertThat(shop.payOrElse("42")).startsWith("42 later: timeout 'payments'");
                });
    }

    @Test
    void eachAttemptHasATimeoutOfItsOwn() {
        runner.withPropertyValues("breaker.instances.payments.retry.max-attempts=3")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    AdvancingTime time = context.getBean(AdvancingTime.class);
                    answers.add(() -> {
                        time.advance(Duration.ofSeconds(2));
                        return "too late";
                    });
                    answers.add(() -> {
                        time.advance(Duration.ofMillis(1_900));
                        return "paid";
                    });

                    assertThat(shop.pay()).isEqualTo("paid");
                    assertThat(beside(context)).isEqualTo(new PolicyTotals(1, 1, 0, 0));
                });
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

        private String later(String id, Exception failure) {
            return id + " later: " + failure.getMessage();
        }
    }
}
