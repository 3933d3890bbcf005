package io.breaker.spring.benchmark.start;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A small web application with the gateways that its arguments name. Says when it is ready, and ends. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SmallApp {

    private static final Set<String> STATE = Set.of("circuit.breaker.state", "resilience4j.circuitbreaker.state");

    /**
     * Starts and ends.
     *
     * @param arguments class names of gateways
     */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(SmallApp.class);
        application.setSources(Set.of(arguments));
        try (ConfigurableApplicationContext context = application.run()) {
            System.out.println(ready(breakers(context.getBean(MeterRegistry.class)), proxies(context)));
        }
    }

    /** Gives what it says: the number of breakers that have meters, and of gateways behind a proxy. */
    static String ready(long breakers, long proxies) {
        return "ready, breakers: " + breakers + ", proxies: " + proxies;
    }

    private static long proxies(ConfigurableApplicationContext context) {
        return Stream.of(context.getBeanDefinitionNames())
                .filter(name -> name.startsWith("gateway"))
                .map(context::getBean)
                .filter(AopUtils::isAopProxy)
                .count();
    }

    private static long breakers(MeterRegistry meters) {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> STATE.contains(id.getName()))
                .map(id -> id.getTag("name"))
                .distinct()
                .count();
    }
}
