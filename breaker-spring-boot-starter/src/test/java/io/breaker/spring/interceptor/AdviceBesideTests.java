package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.annotation.PersistenceExceptionTranslationPostProcessor;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.resilience.InvocationRejectedException;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.ConcurrencyLimit.ThrottlePolicy;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** More of what the order of advice means for calls: roll-back, Spring's own limit, and exception translation. */
class AdviceBesideTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    BreakerAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withUserConfiguration(Advice.class)
            .withBean(Ledger.class)
            .withPropertyValues("spring.datasource.generate-unique-name=true");

    @Test
    void whatFailsIsRolledBackAlsoWhereAFallbackAnswers() {
        runner.run(context -> {
            Ledger ledger = context.getBean(Ledger.class);
            ledger.write("kept", () -> "done");

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> ledger.write("lost", AdviceBesideTests::fail));
            assertThat(ledger.writeOrElse("lost too", AdviceBesideTests::fail)).isEqualTo("fallback");

            assertThat(ledger.entries()).isEqualTo(1);
            assertThat(totals(context, "write").failed()).isEqualTo(1);
            assertThat(totals(context, "writeOrElse").failed()).isEqualTo(1);
        });
    }

    @Test
    void aCallBeyondTheConcurrencyLimitIsNeitherRecordedNorAnswered() {
        runner.run(context -> {
            Ledger ledger = context.getBean(Ledger.class);

            ledger.limited(() -> {
                assertThatExceptionOfType(InvocationRejectedException.class)
                        .isThrownBy(() -> ledger.limited(() -> "inner"));
                return "outer";
            });
            ledger.limitedOrElse(() -> {
                assertThatExceptionOfType(InvocationRejectedException.class)
                        .isThrownBy(() -> ledger.limitedOrElse(() -> "inner"));
                return "outer";
            });

            for (String name : new String[] {"limited", "limitedOrElse"}) {
                assertThat(totals(context, name).succeeded()).isEqualTo(1);
                assertThat(totals(context, name).failed()
                                + totals(context, name).ignored())
                        .isZero();
            }
            assertThat(context.getBean(Breakers.class).fallbacks("limitedOrElse"))
                    .isZero();
        });
    }

    @Test
    void theTrackerAndTheFallbackSeeTheTranslatedException() {
        runner.run(context -> {
            Ledger ledger = context.getBean(Ledger.class);

            assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(ledger::read);
            assertThat(ledger.readOrElse()).isEqualTo("instead of DataAccessResourceFailureException");

            assertThat(totals(context, "read").failed()).isEqualTo(1);
            assertThat(totals(context, "readOrElse").failed()).isEqualTo(1);
        });
    }

    private static String fail() {
        throw new IllegalStateException("failed");
    }

    private static CallTotals totals(AssertableApplicationContext context, String name) {
        return context.getBean(CircuitBreakerRegistry.class)
                .find(name)
                .orElseThrow()
                .snapshot()
                .totals();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods
    static class Advice {

        @Bean
        static PersistenceExceptionTranslationPostProcessor translation() {
            return new PersistenceExceptionTranslationPostProcessor();
        }

        @Bean
        PersistenceExceptionTranslator translator() {
            return thrown -> thrown instanceof UnsupportedOperationException
                    ? new DataAccessResourceFailureException("translated", thrown)
                    : null;
        }
    }

    @Repository
    static class Ledger {

        private final JdbcTemplate database;

        Ledger(DataSource source) {
            database = new JdbcTemplate(source);
            database.execute("create table ledger (text varchar(9))");
        }

        public int entries() {
            Integer count = database.queryForObject("select count(*) from ledger", Integer.class);
            return count == null ? 0 : count;
        }

        @CircuitBreaker("write")
        @Transactional
        public String write(String entry, Callable<String> then) throws Exception {
            database.update("insert into ledger values (?)", entry);
            return then.call();
        }

        @CircuitBreaker(name = "writeOrElse", fallbackMethod = "orElse")
        @Transactional
        public String writeOrElse(String entry, Callable<String> then) throws Exception {
            database.update("insert into ledger values (?)", entry);
            return then.call();
        }

        @CircuitBreaker("limited")
        @ConcurrencyLimit(limit = 1, policy = ThrottlePolicy.REJECT)
        public String limited(Callable<String> call) throws Exception {
            return call.call();
        }

        @CircuitBreaker(name = "limitedOrElse", fallbackMethod = "orElse")
        @ConcurrencyLimit(limit = 1, policy = ThrottlePolicy.REJECT)
        public String limitedOrElse(Callable<String> call) throws Exception {
            return call.call();
        }

        @CircuitBreaker(name = "read", tracker = "typeOf(org.springframework.dao.DataAccessException)")
        public String read() {
            throw new UnsupportedOperationException();
        }

        @CircuitBreaker(
                name = "readOrElse",
                tracker = "typeOf(org.springframework.dao.DataAccessException)",
                fallbackMethod = "translated")
        public String readOrElse() {
            throw new UnsupportedOperationException();
        }

        private String translated(DataAccessException thrown) {
            return "instead of " + thrown.getClass().getSimpleName();
        }

        private String orElse(Exception thrown) {
            return "fallback";
        }
    }
}
