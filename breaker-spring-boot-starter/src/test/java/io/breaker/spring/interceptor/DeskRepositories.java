package io.breaker.spring.interceptor;

import io.breaker.spring.annotation.CircuitBreaker;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/** Desks that are repositories: what is behind the proxy has none of their methods. */
final class DeskRepositories {

    private DeskRepositories() {}

    record Ticket(@Id Integer id) {}

    interface OnMethod extends CrudRepository<Ticket, Integer>, Desk {

        @Override
        @CircuitBreaker("desk")
        @Query("select cast(:id as int)")
        String serve(@Param("id") String id);
    }

    interface OnMethodOrElse extends CrudRepository<Ticket, Integer>, Desk {

        @Override
        @CircuitBreaker(name = "desk", fallbackMethod = "instead")
        @Query("select cast(:id as int)")
        String serve(@Param("id") String id);

        default String instead(String id, Exception thrown) {
            return "instead of " + id;
        }
    }

    @CircuitBreaker("desk")
    interface OnInterface extends Repository<Ticket, Integer>, Desk {

        @Override
        @Query("select cast(:id as int)")
        String serve(@Param("id") String id);
    }

    @CircuitBreaker(name = "desk", fallbackMethod = "instead")
    interface OnInterfaceOrElse extends Repository<Ticket, Integer>, Desk {

        @Override
        @Query("select cast(:id as int)")
        String serve(@Param("id") String id);

        static String instead(String id) {
            return "instead of " + id;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = OnMethod.class))
    static class WithOnMethod extends AbstractJdbcConfiguration {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = OnMethodOrElse.class))
    static class WithOnMethodOrElse extends AbstractJdbcConfiguration {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = OnInterface.class))
    static class WithOnInterface extends AbstractJdbcConfiguration {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = OnInterfaceOrElse.class))
    static class WithOnInterfaceOrElse extends AbstractJdbcConfiguration {}
}
