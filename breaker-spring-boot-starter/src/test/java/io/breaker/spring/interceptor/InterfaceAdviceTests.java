package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotBlank;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.ConcurrencyLimit;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** The order of advice where there is nothing but an interface to call: JDK proxies, and clients without a class. */
class InterfaceAdviceTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    BreakerAutoConfiguration.class,
                    CacheAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TaskExecutionAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    ValidationAutoConfiguration.class))
            .withUserConfiguration(Advice.class)
            .withBean(Client.class, () -> DeskClients.client(Client.class))
            .withPropertyValues("spring.aop.proxy-target-class=false", "spring.datasource.generate-unique-name=true");

    @BeforeEach
    void logIn() {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("user", "", "USER"));
    }

    @AfterEach
    void logOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void theOrderIsTheSameBehindAnInterfaceProxy() {
        runner.withBean(Everything.class).run(context -> {
            Receipts receipts = context.getBean(Receipts.class);

            assertThat(AopUtils.isJdkDynamicProxy(receipts)).isTrue();
            assertThat(chain(receipts))
                    .containsExactly(
                            "AnnotationAsyncExecutionInterceptor",
                            "FallbackInterceptor",
                            "ConcurrencyLimitInterceptor",
                            "RetryAnnotationInterceptor",
                            "DeferringMethodInterceptor",
                            "CacheInterceptor",
                            "MethodValidationInterceptor",
                            "CircuitBreakerInterceptor",
                            "TransactionInterceptor");
        });
    }

    @Test
    void theOrderIsTheSameAroundAClient() {
        runner.run(context -> {
            Client client = context.getBean(Client.class);

            assertThat(chain(client))
                    .containsSubsequence(
                            "FallbackInterceptor",
                            "ConcurrencyLimitInterceptor",
                            "RetryAnnotationInterceptor",
                            "DeferringMethodInterceptor",
                            "CacheInterceptor",
                            "MethodValidationInterceptor",
                            "CircuitBreakerInterceptor");
            assertThat(client.serve("1")).isEqualTo("1");
            assertThat(client.serve("1")).isEqualTo("1");
            assertThat(totals(context).succeeded()).isEqualTo(1);
        });
    }

    @Test
    void everyAttemptOfAClientMeetsTheBreakerAndTheFallbackIsNotCached() {
        runner.run(context -> {
            Client client = context.getBean(Client.class);

            assertThat(client.serve(Desk.BAD)).isEqualTo("instead of bad");
            assertThat(client.serve(Desk.BAD)).isEqualTo("instead of bad");

            assertThat(totals(context).failed()).isEqualTo(4);
        });
    }

    @Test
    void whatSecurityAndValidationOfAClientRefuseIsNeitherRecordedNorAnswered() {
        runner.run(context -> {
            Client client = context.getBean(Client.class);

            assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> client.serve(" "));
            SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("guest", "", "GUEST"));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> client.serve("1"));

            assertThat(totals(context).failed() + totals(context).ignored()).isZero();
        });
    }

    private static List<String> chain(Object proxy) {
        return Arrays.stream(((Advised) proxy).getAdvisors())
                .map(advisor -> advisor.getAdvice().getClass().getSimpleName())
                .toList();
    }

    private static CallTotals totals(AssertableApplicationContext context) {
        return context.getBean(CircuitBreakerRegistry.class)
                .find("client")
                .orElseThrow()
                .snapshot()
                .totals();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    @EnableCaching
    @EnableMethodSecurity
    @EnableResilientMethods
    static class Advice {}

    @Validated
    interface Client {

        @Cacheable("served")
        @CircuitBreaker(name = "client", fallbackMethod = "instead")
        @ConcurrencyLimit(5)
        @GetExchange("/{id}")
        @PreAuthorize("hasAuthority('USER')")
        @Retryable(maxRetries = 1, delay = 0)
        String serve(@NotBlank @PathVariable String id);

        private String instead(String id) {
            return "instead of " + id;
        }
    }

    interface Receipts {

        CompletableFuture<String> receipt(@NotBlank String id);
    }

    @Validated
    static class Everything implements Receipts {

        @Async
        @Cacheable("receipts")
        @CircuitBreaker(name = "payments", fallbackMethod = "lastKnown")
        @ConcurrencyLimit(5)
        @Override
        @PreAuthorize("permitAll()")
        @Retryable
        @Transactional
        public CompletableFuture<String> receipt(String id) {
            return CompletableFuture.completedFuture(id);
        }

        private String lastKnown() {
            return "fallback";
        }
    }
}
