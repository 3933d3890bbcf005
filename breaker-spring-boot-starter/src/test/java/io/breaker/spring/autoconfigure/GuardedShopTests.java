package io.breaker.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitSnapshot;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.registry.Breakers;
import io.breaker.testing.ManualTime;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A breaker of an annotated method from its first failure to its recovery. */
class GuardedShopTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, BreakerAutoConfiguration.class))
            .withUserConfiguration(Shop.class)
            .withPropertyValues("breaker.instances.payments.cooldown=fixed(5s)");

    @Test
    void opensRejectsProbesAndCloses() {
        runner.run(context -> {
            Payments payments = context.getBean(Payments.class);
            PaymentService service = context.getBean(PaymentService.class);
            ManualTime time = context.getBean(ManualTime.class);
            assertThat(payments.receipt("1")).isEqualTo("receipt 1");

            service.down = true;
            for (int call = 0; call < 9; call++) {
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> payments.receipt("1"));
            }
            assertThat(snapshot(context).state()).isEqualTo(CircuitState.OPEN);
            assertThat(snapshot(context).retryAfter()).contains(Duration.ofSeconds(5));

            int calls = service.calls;
            assertThat(payments.receipt("1")).isEqualTo("last known 1");
            assertThat(service.calls).isEqualTo(calls);
            assertThat(context.getBean(Breakers.class).fallbacks("payments")).isEqualTo(1);

            service.down = false;
            time.advance(Duration.ofSeconds(5));
            assertThat(payments.receipt("1")).isEqualTo("receipt 1");
            assertThat(snapshot(context).state()).isEqualTo(CircuitState.HALF_OPEN);
            payments.receipt("1");
            payments.receipt("1");
            assertThat(snapshot(context).state()).isEqualTo(CircuitState.CLOSED);
        });
    }

    @Test
    void ignoresWhatTheTrackerBeanSays() {
        runner.run(context -> {
            PaymentService service = context.getBean(PaymentService.class);
            service.missing = true;
            for (int call = 0; call < 20; call++) {
                assertThatExceptionOfType(FileNotFoundException.class)
                        .isThrownBy(() -> context.getBean(Payments.class).receipt("1"));
            }
            assertThat(snapshot(context).state()).isEqualTo(CircuitState.CLOSED);
            assertThat(snapshot(context).totals().ignored()).isEqualTo(20);
        });
    }

    @Test
    void propertiesHaveTheLastWord() {
        runner.withPropertyValues("breaker.instances.payments.tripper=failureStreak(1)")
                .run(context -> {
                    context.getBean(PaymentService.class).down = true;
                    assertThatExceptionOfType(IOException.class)
                            .isThrownBy(() -> context.getBean(Payments.class).receipt("1"));
                    assertThat(snapshot(context).state()).isEqualTo(CircuitState.OPEN);
                });
    }

    private static CircuitSnapshot snapshot(AssertableApplicationContext context) {
        return context.getBean(CircuitBreakerRegistry.class)
                .find("payments")
                .orElseThrow()
                .snapshot();
    }

    @Configuration(proxyBeanMethods = false)
    static class Shop {

        @Bean
        ManualTime time() {
            return new ManualTime();
        }

        @Bean
        Tracker notFound() {
            return thrown -> thrown instanceof FileNotFoundException;
        }

        @Bean
        PaymentService paymentService() {
            return new PaymentService();
        }

        @Bean
        Payments payments(PaymentService service) {
            return new Payments(service);
        }
    }

    static class Payments {

        private final PaymentService service;

        Payments(PaymentService service) {
            this.service = service;
        }

        @CircuitBreaker(
                name = "payments",
                tracker = "typeOf(java.io.IOException) & !notFound",
                tripper = "minRequests(10) & failureRate(0.5)",
                fallbackMethod = "lastKnown")
        public String receipt(String id) throws IOException {
            return service.receipt(id);
        }

        private String lastKnown(String id, CallNotPermittedException refused) {
            return "last known " + id;
        }
    }

    static class PaymentService {

        int calls;
        boolean down;
        boolean missing;

        String receipt(String id) throws IOException {
            calls++;
            if (missing) {
                throw new FileNotFoundException(id);
            }
            if (down) {
                throw new IOException("down");
            }
            return "receipt " + id;
        }
    }
}
