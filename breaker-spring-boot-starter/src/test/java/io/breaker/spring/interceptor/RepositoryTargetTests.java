package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.util.List;
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
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.support.SimpleJdbcRepository;
import org.springframework.data.keyvalue.repository.KeyValueRepository;
import org.springframework.data.map.repository.config.EnableMapRepositories;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.repository.CrudRepository;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is behind repositories: an implementation by the application, a base class of its own, no transaction. */
class RepositoryTargetTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    BreakerAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withUserConfiguration(Repositories.class)
            .withPropertyValues("spring.datasource.generate-unique-name=true");

    @Test
    void aMethodThatTheApplicationImplementsIsCountedOnce() {
        runner.run(context -> {
            Parcels parcels = context.getBean(Parcels.class);

            assertThat(parcels.weigh()).isEqualTo(7);
            assertThat(totals(context, "scales").succeeded()).isEqualTo(1);
            assertThat(parcels.measure()).isEqualTo(9);
            assertThat(totals(context, "ruler").succeeded()).isEqualTo(1);

            context.getBean(CircuitBreakerRegistry.class)
                    .find("scales")
                    .orElseThrow()
                    .forceOpen();
            assertThat(parcels.weigh()).isEqualTo(-1);
            assertThat(totals(context, "scales").rejected()).isEqualTo(1);
        });
    }

    @Test
    void aMethodOfAnAnnotatedBaseClassGoesBeforeTheAnnotatedInterface() {
        runner.run(context -> {
            context.getBean(JdbcTemplate.class).execute("create table \"PARCEL\" (\"ID\" int)");
            Parcels parcels = context.getBean(Parcels.class);

            assertThat(parcels.count()).isZero();
            assertThat(parcels.findAll()).isEmpty();

            assertThat(totals(context, "base").succeeded()).isEqualTo(1);
            assertThat(totals(context, "parcels").succeeded()).isEqualTo(1);
        });
    }

    @Test
    void theBreakerIsReachedWhereThereIsNoTransaction() {
        runner.withUserConfiguration(Stores.class).run(context -> {
            Store store = context.getBean(Store.class);
            store.save(new Parcel(1));

            assertThat(store.findAllById(List.of(1))).hasSize(1);
            assertThat(store.findByIdGreaterThan(0)).hasSize(1);
            assertThat(totals(context, "store").succeeded()).isEqualTo(3);

            context.getBean(CircuitBreakerRegistry.class)
                    .find("query")
                    .orElseThrow()
                    .forceOpen();
            assertThat(store.findByIdLessThan(2)).containsExactly(new Parcel(-1));
        });
    }

    private static CallTotals totals(AssertableApplicationContext context, String name) {
        return context.getBean(CircuitBreakerRegistry.class)
                .find(name)
                .orElseThrow()
                .snapshot()
                .totals();
    }

    @CircuitBreaker("store")
    interface Store extends KeyValueRepository<Parcel, Integer> {

        List<Parcel> findByIdGreaterThan(int id);

        @CircuitBreaker(name = "query", fallbackMethod = "nothing")
        List<Parcel> findByIdLessThan(int id);

        private List<Parcel> nothing(int id) {
            return List.of(new Parcel(-1));
        }
    }

    record Parcel(@Id Integer id) {}

    interface Scales {

        @CircuitBreaker(name = "scales", fallbackMethod = "unknown")
        int weigh();

        default int unknown() {
            return -1;
        }
    }

    static class ScalesImpl implements Scales {

        @Override
        public int weigh() {
            return 7;
        }
    }

    interface Ruler {

        int measure();
    }

    static class RulerImpl implements Ruler {

        @Override
        @CircuitBreaker("ruler")
        public int measure() {
            return 9;
        }
    }

    @CircuitBreaker("parcels")
    interface Parcels extends CrudRepository<Parcel, Integer>, Scales, Ruler {}

    static class Base<T, I> extends SimpleJdbcRepository<T, I> {

        Base(JdbcAggregateOperations operations, PersistentEntity<T, ?> entity, JdbcConverter converter) {
            super(operations, entity, converter);
        }

        @Override
        @CircuitBreaker("base")
        public List<T> findAll() {
            return super.findAll();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Parcels.class),
            repositoryBaseClass = Base.class)
    static class Repositories extends AbstractJdbcConfiguration {

        @Bean
        ScalesImpl scalesImpl() {
            return new ScalesImpl();
        }

        @Bean
        RulerImpl rulerImpl() {
            return new RulerImpl();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMapRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Store.class))
    static class Stores {}
}
