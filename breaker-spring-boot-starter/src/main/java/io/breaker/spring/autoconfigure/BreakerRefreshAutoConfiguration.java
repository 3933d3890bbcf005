package io.breaker.spring.autoconfigure;

import io.breaker.spring.diagnostics.StartupFailures;
import io.breaker.spring.refresh.EnvironmentListener;
import io.breaker.spring.refresh.SettingsRefresh;
import io.breaker.spring.registry.Breakers;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets circuit breakers follow properties that change while the application runs. */
@AutoConfiguration(after = BreakerAutoConfiguration.class)
@ConditionalOnBean(Breakers.class)
public final class BreakerRefreshAutoConfiguration {

    BreakerRefreshAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    SettingsRefresh breakerSettingsRefresh(Breakers breakers, ConfigurableApplicationContext context) {
        return new SettingsRefresh(breakers, context.getEnvironment(), new StartupFailures(context));
    }

    /** Listens to Spring Cloud, where it is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EnvironmentChangeEvent.class)
    static class SpringCloud {

        @Bean
        @ConditionalOnMissingBean
        EnvironmentListener breakerEnvironmentListener(SettingsRefresh settings) {
            return new EnvironmentListener(settings);
        }
    }
}
