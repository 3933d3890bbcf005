package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotBlank;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.validation.annotation.Validated;

/** What the order of advice means for calls; {@link AdviceChainTests} has the order itself. */
class AdviceOrderTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    BreakerAutoConfiguration.class,
                    CacheAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    TaskExecutionAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    ValidationAutoConfiguration.class))
            .withUserConfiguration(Advice.class)
            .withBean(Shop.class)
            .withPropertyValues("spring.datasource.generate-unique-name=true");

    @Test
    void aRejectedCallOpensNoTransaction() {
        runner.run(context -> {
            Shop shop = context.getBean(Shop.class);
            CountingTransactionManager transactions = context.getBean(CountingTransactionManager.class);
            shop.stored("1");
            assertThat(transactions.begun).hasValue(1);

            open(context, "stored");
            assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> shop.stored("1"));
            assertThat(shop.storedOrElse("1")).isEqualTo("1");
            open(context, "storedOrElse");
            assertThat(shop.storedOrElse("1")).isEqualTo("fallback");

            assertThat(transactions.begun).hasValue(2);
        });
    }

    @Test
    void aTransactionThatCannotBeginIsAFailure() {
        runner.run(context -> {
            context.getBean(CountingTransactionManager.class).broken = true;

            assertThat(context.getBean(Shop.class).storedOrElse("1")).isEqualTo("fallback");
            assertThat(totals(context, "storedOrElse").failed()).isEqualTo(1);
        });
    }

    @Test
    void aCacheHitNeverMeetsTheBreaker() {
        runner.run(context -> {
            Shop shop = context.getBean(Shop.class);
            shop.cached("1");
            shop.cached("1");
            assertThat(totals(context, "cached").succeeded()).isEqualTo(1);

            open(context, "cached");
            assertThat(shop.cached("1")).isEqualTo("1");
            assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> shop.cached("2"));
        });
    }

    @Test
    void aFallbackIsNotCached() {
        runner.run(context -> {
            Shop shop = context.getBean(Shop.class);
            open(context, "cachedOrElse");
            assertThat(shop.cachedOrElse("1")).isEqualTo("fallback");

            registry(context).find("cachedOrElse").orElseThrow().reset();
            assertThat(shop.cachedOrElse("1")).isEqualTo("1");
        });
    }

    @Test
    void everyAttemptMeetsTheBreakerAndTheFallbackComesAfterTheLast() {
        runner.run(context -> {
            Shop shop = context.getBean(Shop.class);

            assertThat(shop.retriedOrElse("1")).isEqualTo("fallback");
            assertThat(shop.attempts()).isEqualTo(3);
            assertThat(totals(context, "retriedOrElse").failed()).isEqualTo(3);
            assertThat(context.getBean(Breakers.class).fallbacks("retriedOrElse"))
                    .isEqualTo(1);

            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> shop.retried("1"));
            assertThat(totals(context, "retried").failed()).isEqualTo(3);
        });
    }

    @Test
    void aViolationIsNeitherRecordedNorAnswered() {
        runner.run(context -> {
            Shop shop = context.getBean(Shop.class);

            assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> shop.stored(" "));
            assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> shop.storedOrElse(" "));
            assertUntouched(context, "stored");
            assertUntouched(context, "storedOrElse");
        });
    }

    @Test
    void aDenialIsNeitherRecordedNorAnswered() {
        runner.run(context -> {
            Shop shop = context.getBean(Shop.class);
            SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("guest", "", "GUEST"));
            try {
                assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> shop.secured("1"));
                assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> shop.securedOrElse("1"));
            } finally {
                SecurityContextHolder.clearContext();
            }
            assertUntouched(context, "secured");
            assertUntouched(context, "securedOrElse");
        });
    }

    @Test
    void anAsyncMethodMeetsTheBreakerAndItsFallbackOnTheWorkerThread() {
        runner.run(context -> {
            Shop shop = context.getBean(Shop.class);
            String caller = Thread.currentThread().getName();
            assertThat(shop.async("1").get(5, TimeUnit.SECONDS)).isNotEqualTo(caller);

            open(context, "async");
            CompletableFuture<String> rejected = shop.async("1");
            assertThat(rejected).failsWithin(5, TimeUnit.SECONDS);
            open(context, "asyncOrElse");
            assertThat(shop.asyncOrElse("1").get(5, TimeUnit.SECONDS))
                    .startsWith("fallback on ")
                    .doesNotContain(caller);
        });
    }

    private static CircuitBreakerRegistry registry(AssertableApplicationContext context) {
        return context.getBean(CircuitBreakerRegistry.class);
    }

    private static void open(AssertableApplicationContext context, String name) {
        registry(context).find(name).orElseThrow().forceOpen();
    }

    private static CallTotals totals(AssertableApplicationContext context, String name) {
        return registry(context).find(name).orElseThrow().snapshot().totals();
    }

    private static void assertUntouched(AssertableApplicationContext context, String name) {
        CallTotals totals = totals(context, name);
        assertThat(totals.succeeded() + totals.failed() + totals.ignored() + totals.rejected())
                .isZero();
        assertThat(registry(context).find(name).orElseThrow().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    @EnableCaching
    @EnableMethodSecurity
    @EnableResilientMethods
    static class Advice {

        @Bean
        CountingTransactionManager transactionManager(DataSource dataSource) {
            return new CountingTransactionManager(dataSource);
        }
    }

    @Validated
    static class Shop {

        // Read by a method: a proxy has fields of its own, and they are empty.
        private final AtomicInteger attempts = new AtomicInteger();

        @CircuitBreaker("stored")
        @Transactional
        public String stored(@NotBlank String id) {
            return id;
        }

        @CircuitBreaker(name = "storedOrElse", fallbackMethod = "orElse")
        @Transactional
        public String storedOrElse(@NotBlank String id) {
            return id;
        }

        @Cacheable("cached")
        @CircuitBreaker("cached")
        public String cached(String id) {
            return id;
        }

        @Cacheable("cachedOrElse")
        @CircuitBreaker(name = "cachedOrElse", fallbackMethod = "orElse")
        public String cachedOrElse(String id) {
            return id;
        }

        @CircuitBreaker("retried")
        @Retryable(maxRetries = 2, delay = 0)
        public String retried(String id) {
            throw new IllegalStateException(id);
        }

        @CircuitBreaker(name = "retriedOrElse", fallbackMethod = "orElse")
        @Retryable(maxRetries = 2, delay = 0)
        public String retriedOrElse(String id) {
            attempts.incrementAndGet();
            throw new IllegalStateException(id);
        }

        @CircuitBreaker("secured")
        @PreAuthorize("hasAuthority('ADMIN')")
        public String secured(String id) {
            return id;
        }

        @CircuitBreaker(name = "securedOrElse", fallbackMethod = "orElse")
        @PreAuthorize("hasAuthority('ADMIN')")
        public String securedOrElse(String id) {
            return id;
        }

        @Async
        @CircuitBreaker("async")
        public CompletableFuture<String> async(String id) {
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }

        @Async
        @CircuitBreaker(name = "asyncOrElse", fallbackMethod = "orElse")
        public CompletableFuture<String> asyncOrElse(String id) {
            return CompletableFuture.completedFuture(id);
        }

        public int attempts() {
            return attempts.get();
        }

        private String orElse(Exception thrown) {
            return Thread.currentThread().getName().equals("main")
                    ? "fallback"
                    : "fallback on " + Thread.currentThread().getName();
        }
    }
}
