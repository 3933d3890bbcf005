package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.AdvancingTime;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PolicyTotals;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Transactional;

/** What the attempts of a retry are to the other advice of a method. */
class PipelineOrderTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    BreakerAutoConfiguration.class,
                    CacheAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withUserConfiguration(Advice.class)
            .withBean(AdvancingTime.class)
            .withBean(Shop.class)
            .withPropertyValues("spring.datasource.generate-unique-name=true", "breaker.defaults.retry.max-attempts=3");

    @Test
    void eachAttemptHasATransactionOfItsOwn() {
        runner.run(context -> {
            assertThat(context.getBean(Shop.class).stored("1")).isEqualTo("later");

            assertThat(context.getBean(CountingTransactionManager.class).begun).hasValue(3);
            assertThat(context.getBean(Breakers.class).totals("stored")).isEqualTo(new PolicyTotals(2, 0, 1, 0));
        });
    }

    @Test
    void aFallbackThatStandsApartAnswersAfterTheLastAttempt() {
        runner.run(context -> {
            Shop shop = context.getBean(Shop.class);
            assertThat(shop.cached("1")).isEqualTo("later");
            assertThat(shop.cached("1")).isEqualTo("later");

            // Had the answer been cached, the method would not have been called again.
            assertThat(context.getBean(Breakers.class).totals("cached")).isEqualTo(new PolicyTotals(4, 0, 2, 0));
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Advice {

        @Bean
        CountingTransactionManager transactionManager(DataSource dataSource) {
            return new CountingTransactionManager(dataSource);
        }
    }

    static class Shop {

        @CircuitBreaker(name = "stored", fallbackMethod = "later")
        @Transactional
        public String stored(String id) {
            throw new IllegalStateException(id);
        }

        @Cacheable("cached")
        @CircuitBreaker(name = "cached", fallbackMethod = "later")
        public String cached(String id) {
            throw new IllegalStateException(id);
        }

        private String later(Exception failure) {
            return "later";
        }
    }
}
