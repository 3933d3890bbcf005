package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataAccessException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.query.Param;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.Transactional;

/** Spring Data repositories; {@link EveryPlaceTests} has where the annotation may stand. */
class RepositoryTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    BreakerAutoConfiguration.class,
                    CacheAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withUserConfiguration(Repositories.class)
            .withBean("archive", Archive.class)
            .withPropertyValues("spring.datasource.generate-unique-name=true");

    @Test
    void guardsInheritedMethodsOfAnAnnotatedRepository() {
        runner.run(context -> {
            Items items = context.getBean(Items.class);
            items.create();
            Item saved = items.save(new Item(null, "pen"));

            assertThat(items.findAll()).containsExactly(saved);
            assertThat(totals(context, "items").succeeded()).isEqualTo(3);
        });
    }

    @Test
    void guardsAMethodThatIsDeclaredAgainWithItsTypesAlsoBehindTheGenericOne() {
        runner.run(context -> {
            CrudRepository<Item, Integer> items = context.getBean(Items.class);
            context.getBean(Items.class).create();

            assertThat(items.findById(1)).isEmpty();
            assertThat(context.getBean(Items.class).findById(1)).isEmpty();

            assertThat(totals(context, "found").succeeded()).isEqualTo(2);
            assertThat(totals(context, "items").succeeded()).isEqualTo(1);
        });
    }

    @Test
    void aRejectedCallOpensNoTransactionAndNeitherDoesItsFallback() {
        runner.run(context -> {
            Items items = context.getBean(Items.class);
            CountingTransactionManager transactions = context.getBean(CountingTransactionManager.class);
            items.create();
            int before = transactions.begun.get();

            open(context, "items");
            open(context, "named");
            assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(items::findAll);
            assertThat(items.named("pen")).containsExactly(new Item(0, "pen"));

            assertThat(before).isPositive();
            assertThat(transactions.begun).hasValue(before);
        });
    }

    @Test
    void anotherBeanMayAnswer() {
        runner.run(context -> {
            open(context, "counted");

            assertThat(context.getBean(Items.class).counted()).isEqualTo(42);
        });
    }

    @Test
    void theBreakerSeesTranslatedExceptionsAndATransactionThatCannotBegin() {
        runner.run(context -> {
            Items items = context.getBean(Items.class);

            // There is no table yet.
            assertThat(items.named("pen")).extracting(Item::name).containsExactly("pen");
            assertThatExceptionOfType(DataAccessException.class).isThrownBy(items::findAll);
            context.getBean(CountingTransactionManager.class).broken = true;
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(items::findAll);

            assertThat(totals(context, "named").failed()).isEqualTo(1);
            assertThat(totals(context, "items").failed()).isEqualTo(2);
        });
    }

    @Test
    void theBreakerStandsInsideResilienceAndCacheAndOutsideTheTransaction() {
        runner.withUserConfiguration(Advice.class).run(context -> {
            Items items = context.getBean(Items.class);

            assertThat(chain(items))
                    .containsSubsequence(
                            "FallbackInterceptor",
                            "ConcurrencyLimitInterceptor",
                            "RetryAnnotationInterceptor",
                            "CacheInterceptor",
                            "CircuitBreakerInterceptor");
            assertThat(chain(items)).doesNotContain("TransactionInterceptor");
            assertThat(chain(((Advised) items).getTargetSource().getTarget())).contains("TransactionInterceptor");
        });
    }

    @Test
    void aCacheHitNeverMeetsTheBreakerAndAFallbackIsNotCached() {
        runner.withUserConfiguration(Advice.class).run(context -> {
            Items items = context.getBean(Items.class);
            items.create();
            open(context, "cached");
            assertThat(items.cached("pen")).isEqualTo(-1);

            registry(context).find("cached").orElseThrow().reset();
            assertThat(items.cached("pen")).isZero();
            open(context, "cached");
            assertThat(items.cached("pen")).isZero();

            assertThat(totals(context, "cached").succeeded()).isEqualTo(1);
        });
    }

    @Test
    void theBreakersOfARepositoryThatNobodyHasAskedForAreThere() {
        runner.run(context -> assertThat(
                        context.getBean(CircuitBreakerRegistry.class).all())
                .extracting(io.breaker.circuitbreaker.CircuitBreaker::name)
                .contains("items", "found", "named", "counted", "cached"));
    }

    private static List<String> chain(Object proxy) {
        return Arrays.stream(((Advised) proxy).getAdvisors())
                .map(advisor -> advisor.getAdvice().getClass().getSimpleName())
                .toList();
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

    record Item(@Id Integer id, String name) {}

    @CircuitBreaker("items")
    @Transactional
    interface Items extends CrudRepository<Item, Integer> {

        @Modifying
        @Query("create table \"ITEM\" (\"ID\" int auto_increment primary key, \"NAME\" varchar(9))")
        void create();

        @Override
        @CircuitBreaker("found")
        Optional<Item> findById(Integer id);

        @CircuitBreaker(name = "named", fallbackMethod = "unknown")
        @Query("select * from \"ITEM\" where \"NAME\" = :name")
        List<Item> named(@Param("name") String name);

        default List<Item> unknown(String name) {
            return List.of(new Item(0, name));
        }

        @CircuitBreaker(name = "counted", fallbackMethod = "archive::count")
        @Query("select count(*) from \"ITEM\"")
        int counted();

        @Cacheable("items")
        @CircuitBreaker(name = "cached", fallbackMethod = "unknownCount")
        @ConcurrencyLimit(5)
        @Retryable(maxRetries = 1, delay = 0)
        @Query("select count(*) from \"ITEM\" where \"NAME\" = :name")
        int cached(@Param("name") String name);

        static int unknownCount() {
            return -1;
        }
    }

    static class Archive {

        int count() {
            return 42;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Items.class))
    static class Repositories extends AbstractJdbcConfiguration {

        @Bean
        CountingTransactionManager transactionManager(DataSource dataSource) {
            return new CountingTransactionManager(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    @EnableResilientMethods
    static class Advice {}
}
