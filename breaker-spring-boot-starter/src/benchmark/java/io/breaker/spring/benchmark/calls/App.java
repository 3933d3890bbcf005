package io.breaker.spring.benchmark.calls;

import io.breaker.benchmark.calls.Crew;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/** A running application with one bean of interest. Checks that it runs with what it should, and nothing else. */
final class App implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private App(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts an application of some configurations and beans. */
    static App start(Class<?>... sources) {
        SpringApplication application = new SpringApplication(sources);
        application.addPrimarySources(List.of(AutoConfigured.class));
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(Map.of(
                "logging.level.root",
                "warn",
                "breaker.defaults.window",
                "count(100)",
                "resilience4j.circuitbreaker.configs.default.sliding-window-size",
                100,
                "resilience4j.circuitbreaker.configs.default.minimum-number-of-calls",
                20));
        return new App(application.run());
    }

    /** Gives a bean that somebody intercepts. */
    <T> T intercepted(Class<T> type) {
        T bean = bean(type);
        Crew.check(AopUtils.isCglibProxy(bean), "nobody intercepts " + bean.getClass());
        return bean;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    void checkMeter(String name) {
        Crew.check(bean(MeterRegistry.class).find(name).meter() != null, "no meter " + name);
    }

    static void checkAbsent(String className) {
        Crew.check(!ClassUtils.isPresent(className, App.class.getClassLoader()), className + " is on the class path");
    }

    static void checkOursAbsent() {
        checkAbsent("io.breaker.spring.annotation.CircuitBreaker");
        checkAbsent("io.breaker.circuitbreaker.CircuitBreaker");
    }

    static void checkTheirsAbsent() {
        checkAbsent("io.github.resilience4j.circuitbreaker.CircuitBreaker");
    }

    @Override
    public void close() {
        context.close();
    }

    /** Switches on what the class path offers. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class AutoConfigured {}
}
