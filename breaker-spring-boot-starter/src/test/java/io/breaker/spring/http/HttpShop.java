package io.breaker.spring.http;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerHttpClientsAutoConfiguration;
import io.breaker.testing.ManualTime;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** An application with HTTP clients, whose time moves only when told to. */
final class HttpShop {

    private HttpShop() {}

    static ApplicationContextRunner runner() {
        return runner(ManualTime.class);
    }

    /** Makes an application with a clock and scheduler of that class. */
    static ApplicationContextRunner runner(Class<?> time) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        BreakerAutoConfiguration.class,
                        BreakerHttpClientsAutoConfiguration.class,
                        HttpServiceClientAutoConfiguration.class,
                        HttpServiceClientPropertiesAutoConfiguration.class,
                        RestClientAutoConfiguration.class,
                        RestTemplateAutoConfiguration.class))
                .withBean(time)
                .withPropertyValues("breaker.defaults.tripper=failureStreak(3)", "breaker.defaults.cooldown=fixed(5s)");
    }

    static CallTotals totals(ApplicationContext context, String breaker) {
        return context.getBean(CircuitBreakerRegistry.class)
                .find(breaker)
                .orElseThrow()
                .snapshot()
                .totals();
    }
}
