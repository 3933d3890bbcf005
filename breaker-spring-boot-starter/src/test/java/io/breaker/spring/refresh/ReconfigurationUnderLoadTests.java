package io.breaker.spring.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerRefreshAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PolicyTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;

/** Eight callers of an annotated method, while its settings change a thousand times. */
class ReconfigurationUnderLoadTests {

    private static final int CALLERS = 8;
    private static final int CHANGES = 1000;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerRefreshAutoConfiguration.class))
            .withBean(Shop.class)
            .withPropertyValues(
                    "breaker.instances.payments.tripper=failureStreak(1000000)",
                    "breaker.instances.payments.timeout=60s",
                    "breaker.instances.payments.retry.max-attempts=2",
                    "breaker.instances.payments.retry.initial-delay=1ns",
                    "breaker.instances.payments.bulkhead.max-concurrent-calls=8");

    @Test
    void codeThatReconfiguresDisturbsNoCall() {
        runner.run(context -> {
            CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
            Seen seen = load(
                    context,
                    change -> registry.reconfigure(
                            "payments",
                            settings -> settings.window(change % 2 == 0 ? "count(50)" : "time(30s)")
                                    .tripper("failureStreak(" + (1_000_000 + change) + ") | slowRate(100%, "
                                            + (60 + change) + "s)")
                                    .successThreshold(1 + change % 5)));

            assertThat(seen.refused.sum()).isZero();
            verifyCounts(context, seen);
        });
    }

    @Test
    void propertiesThatChangeDisturbNoCall() {
        runner.run(context -> {
            RefreshedContext app = RefreshedContext.of(context);
            Seen seen = load(context, change -> {
                app.with("breaker.instances.payments.tripper", "failureStreak(" + (1_000_000 + change) + ")")
                        .with("breaker.instances.payments.retry.max-attempts", Integer.toString(1 + change % 3))
                        .with("breaker.instances.payments.timeout", (60 + change % 2) + "s")
                        .with(
                                "breaker.instances.payments.bulkhead.max-concurrent-calls",
                                Integer.toString(2 + change % 7));
                context.publishEvent(new EnvironmentChangeEvent(context, Set.of("breaker")));
            });

            assertThat(app.reconfigured()).hasSize(CHANGES);
            verifyCounts(context, seen);
        });
    }

    @Test
    void breakersThatAreMadeMeanwhileEndWithTheLastSettings() {
        runner.run(context -> {
            RefreshedContext app = RefreshedContext.of(context);
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                List<Future<?>> running = new ArrayList<>();
                running.add(threads.submit(() -> IntStream.range(0, 200).forEach(number -> app.breaker("b" + number))));
                for (String property :
                        List.of("breaker.defaults.success-threshold", "breaker.defaults.probe-timeout")) {
                    String unit = property.endsWith("timeout") ? "s" : "";
                    running.add(threads.submit(() -> IntStream.rangeClosed(1, 50)
                            .forEach(number -> app.with(property, number + unit).refresh())));
                }
                for (Future<?> one : running) {
                    one.get(1, TimeUnit.MINUTES);
                }
            } finally {
                threads.shutdownNow();
            }

            assertThat(context.getBean(CircuitBreakerRegistry.class).all())
                    .hasSize(201)
                    .allSatisfy(breaker -> {
                        assertThat(breaker.config().successThreshold()).isEqualTo(50);
                        assertThat(breaker.config().probeTimeout()).isEqualTo(Duration.ofSeconds(50));
                    });
        });
    }

    /** Each attempt passes the breaker, and each is either made or refused by the bulkhead. */
    private static void verifyCounts(ApplicationContext context, Seen seen) {
        Shop shop = context.getBean(Shop.class);
        Breakers breakers = context.getBean(Breakers.class);
        CallTotals totals = breakers.get("payments").snapshot().totals();
        PolicyTotals beside = breakers.totals("payments");
        long attempts = shop.paid() + shop.failed();

        assertThat(totals.succeeded()).isEqualTo(shop.paid()).isEqualTo(seen.paid.sum());
        assertThat(totals.failed()).isEqualTo(shop.failed()).isPositive();
        assertThat(totals.ignored()).isEqualTo(seen.refused.sum());
        assertThat(totals.rejected()).isZero();
        assertThat(beside.bulkheadRejections()).isEqualTo(seen.refused.sum());
        assertThat(beside.retries()).isEqualTo(attempts + seen.refused.sum() - seen.calls.sum());
        assertThat(beside.timeouts()).isZero();
        assertThat(seen.paid.sum() + seen.failed.sum() + seen.refused.sum()).isEqualTo(seen.calls.sum());
        assertThat(breakers.get("payments").state()).isEqualTo(CircuitState.CLOSED);
        assertThat(breakers.findPipeline("payments")
                        .orElseThrow()
                        .bulkhead()
                        .orElseThrow()
                        .activeCalls())
                .isZero();
    }

    private static Seen load(ApplicationContext context, IntConsumer change) throws Exception {
        Shop shop = context.getBean(Shop.class);
        Seen seen = new Seen();
        AtomicBoolean stopped = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(threads.submit(() -> {
                    for (int call = 0; !stopped.get(); call++) {
                        seen.call(shop, call % 5 == 0);
                        // There are fewer processors than callers: who makes the changes has to get its turn.
                        Thread.yield();
                    }
                }));
            }
            for (int number = 1; number <= CHANGES; number++) {
                change.accept(number);
            }
            stopped.set(true);
            for (Future<?> caller : callers) {
                caller.get(1, TimeUnit.MINUTES);
            }
        } finally {
            stopped.set(true);
            threads.shutdownNow();
        }
        return seen;
    }

    /** What the callers have seen. */
    private static final class Seen {

        final LongAdder calls = new LongAdder();
        final LongAdder paid = new LongAdder();
        final LongAdder failed = new LongAdder();
        final LongAdder refused = new LongAdder();

        void call(Shop shop, boolean failing) {
            calls.increment();
            try {
                assertThat(shop.pay(failing)).isEqualTo("paid");
                paid.increment();
            } catch (BulkheadFullException full) {
                refused.increment();
            } catch (IllegalStateException down) {
                assertThat(down).hasMessage("down");
                failed.increment();
            }
        }
    }

    static class Shop {

        private final LongAdder paid = new LongAdder();
        private final LongAdder failed = new LongAdder();

        @CircuitBreaker("payments")
        String pay(boolean failing) {
            if (failing) {
                failed.increment();
                throw new IllegalStateException("down");
            }
            paid.increment();
            return "paid";
        }

        long paid() {
            return paid.sum();
        }

        long failed() {
            return failed.sum();
        }
    }
}
