package io.breaker.spring.benchmark.start;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A small web application with the gateways that its arguments name. Says when it is ready, and ends. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SmallApp {

    /** What it says, followed by the number of breakers that have meters. */
    static final String READY = "ready, breakers: ";

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
            System.out.println(READY + breakers(context.getBean(MeterRegistry.class)));
        }
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
