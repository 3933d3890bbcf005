package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import jakarta.validation.constraints.NotBlank;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.annotation.PersistenceExceptionTranslationPostProcessor;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.validation.annotation.Validated;

/** Where the advisors stand among Spring's own; {@link AdviceOrderTests} has what that means for calls. */
class AdviceChainTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    BreakerAutoConfiguration.class,
                    CacheAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TaskExecutionAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    ValidationAutoConfiguration.class));

    @Test
    void breakerStandsOutsideTheTransactionAndFallbackInsideAsync() {
        runner.withUserConfiguration(Advice.class)
                .withBean(Everything.class)
                .run(context -> assertThat(chain(context.getBean(Everything.class)))
                        .containsExactly(
                                "AnnotationAsyncExecutionInterceptor",
                                "FallbackInterceptor",
                                "ConcurrencyLimitInterceptor",
                                "RetryAnnotationInterceptor",
                                "DeferringMethodInterceptor",
                                "CacheInterceptor",
                                "MethodValidationInterceptor",
                                "CircuitBreakerInterceptor",
                                "TransactionInterceptor"));
    }

    @Test
    void breakerStandsOutsideTheTransactionWithoutFallback() {
        runner.withUserConfiguration(Advice.class)
                .withBean(NoFallback.class)
                .run(context -> assertThat(chain(context.getBean(NoFallback.class)))
                        .containsExactly(
                                "CacheInterceptor",
                                "MethodValidationInterceptor",
                                "CircuitBreakerInterceptor",
                                "TransactionInterceptor"));
    }

    @Test
    void breakerStandsInnermostWithoutTransaction() {
        runner.withUserConfiguration(Advice.class)
                .withBean(NoTransaction.class)
                .run(context -> assertThat(chain(context.getBean(NoTransaction.class)))
                        .containsExactly("FallbackInterceptor", "CacheInterceptor", "CircuitBreakerInterceptor"));
    }

    @Test
    void oneAdvisorDoesBothWhereNothingStandsBetween() {
        runner.withUserConfiguration(Advice.class)
                .withBean(OnlyTransaction.class)
                .run(context -> assertThat(chain(context.getBean(OnlyTransaction.class)))
                        .containsExactly("CircuitBreakerWithFallbackInterceptor", "TransactionInterceptor"));
    }

    @Test
    void oneAdvisorDoesBothInABeanWithoutOtherAdvice() {
        runner.withBean(Alone.class)
                .run(context -> assertThat(chain(context.getBean(Alone.class)))
                        .containsExactly("CircuitBreakerWithFallbackInterceptor"));
    }

    @Test
    void breakerStandsOutsideExceptionTranslation() {
        runner.withUserConfiguration(Advice.class)
                .withBean(PersistenceExceptionTranslationPostProcessor.class)
                .withBean(Orders.class)
                .run(context -> assertThat(chain(context.getBean(Orders.class)))
                        .containsExactly(
                                "CircuitBreakerWithFallbackInterceptor",
                                "TransactionInterceptor",
                                "PersistenceExceptionTranslationInterceptor"));
    }

    @Test
    void cacheAndSecurityThatAreOrderedInsideTheTransactionAreMovedOut() {
        runner.withUserConfiguration(TransactionFirst.class)
                .withBean(Everything.class)
                .run(context -> assertThat(chain(context.getBean(Everything.class)))
                        .containsSubsequence(
                                "FallbackInterceptor",
                                "DeferringMethodInterceptor",
                                "CacheInterceptor",
                                "MethodValidationInterceptor",
                                "CircuitBreakerInterceptor",
                                "TransactionInterceptor"));
    }

    private static List<String> chain(Object bean) {
        return Arrays.stream(((Advised) bean).getAdvisors())
                .map(advisor -> advisor.getAdvice().getClass().getSimpleName())
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    @EnableCaching
    @EnableMethodSecurity
    @EnableResilientMethods
    static class Advice {}

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    @EnableCaching
    @EnableMethodSecurity
    @EnableResilientMethods
    @EnableTransactionManagement(order = 0)
    static class TransactionFirst {}

    @Validated
    static class Everything {

        @Async
        @Cacheable("receipts")
        @CircuitBreaker(name = "payments", fallbackMethod = "lastKnown")
        @ConcurrencyLimit(5)
        @PreAuthorize("permitAll()")
        @Retryable
        @Transactional
        public CompletableFuture<String> receipt(@NotBlank String id) {
            return CompletableFuture.completedFuture(id);
        }

        String lastKnown() {
            return "fallback";
        }
    }

    @Validated
    static class NoFallback {

        @Cacheable("receipts")
        @CircuitBreaker("payments")
        @Transactional
        public String receipt(@NotBlank String id) {
            return id;
        }
    }

    static class NoTransaction {

        @Cacheable("receipts")
        @CircuitBreaker(name = "payments", fallbackMethod = "lastKnown")
        public String receipt(String id) {
            return id;
        }

        String lastKnown() {
            return "fallback";
        }
    }

    static class OnlyTransaction {

        @CircuitBreaker(name = "payments", fallbackMethod = "lastKnown")
        @Transactional
        public String receipt(String id) {
            return id;
        }

        String lastKnown() {
            return "fallback";
        }
    }

    static class Alone {

        @CircuitBreaker(name = "payments", fallbackMethod = "lastKnown")
        public String receipt(String id) {
            return id;
        }

        String lastKnown() {
            return "fallback";
        }
    }

    @Repository
    static class Orders {

        @CircuitBreaker(name = "orders", fallbackMethod = "none")
        @Transactional
        public String find(String id) {
            return id;
        }

        String none() {
            return "none";
        }
    }
}
