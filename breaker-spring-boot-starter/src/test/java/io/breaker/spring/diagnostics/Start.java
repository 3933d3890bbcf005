package io.breaker.spring.diagnostics;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerHttpClientsAutoConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** The start of an application, and what all analyzers together say of it, as Spring Boot asks them. */
final class Start {

    /** What {@link #outcome} gives where nothing is wrong. */
    static final String STARTED = "the application has started";

    private Start() {}

    /** Gives the description and the action, after a line with an arrow. */
    static String outcome(String yaml, List<Class<?>> beans) {
        AtomicReference<Environment> environment = new AtomicReference<>();
        ApplicationContextRunner application = new ApplicationContextRunner()
                .withInitializer(context -> environment.set(prepared(context, yaml)))
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        BreakerAutoConfiguration.class,
                        BreakerHttpClientsAutoConfiguration.class,
                        PropertyPlaceholderAutoConfiguration.class))
                .withBean("notFound", Tracker.class, () -> thrown -> false)
                .withBean("not-found", Tracker.class, () -> thrown -> false)
                .withBean("busy", Tripper.class, () -> context -> false)
                .withBean("emptyReceipt", Predicate.class, () -> "empty"::equals);
        for (Class<?> bean : beans) {
            application = application.withBean(bean);
        }
        StringBuilder outcome = new StringBuilder();
        application.run(context -> outcome.append(
                context.getStartupFailure() == null
                        ? STARTED
                        : analysis(context.getStartupFailure(), environment.get())));
        return outcome.toString();
    }

    private static String analysis(Throwable failure, Environment environment) {
        ArgumentResolver arguments = ArgumentResolver.of(Environment.class, environment)
                .and(BeanFactory.class, new DefaultListableBeanFactory());
        FailureAnalysis analysis =
                SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, arguments).stream()
                        .map(analyzer -> analyzer.analyze(failure))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("nothing but a stack trace", failure));
        return analysis.getDescription() + "\n->\n" + analysis.getAction();
    }

    private static Environment prepared(ConfigurableApplicationContext context, String yaml) {
        ByteArrayResource file = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yaml") {
            @Override
            public String getDescription() {
                return "application.yaml";
            }
        };
        try {
            new YamlPropertySourceLoader()
                    .load("application", file)
                    .forEach(context.getEnvironment().getPropertySources()::addFirst);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return context.getEnvironment();
    }

    /** A bean that asks for a breaker. */
    static class Payments {

        @CircuitBreaker("payments")
        public void pay() {}
    }
}
