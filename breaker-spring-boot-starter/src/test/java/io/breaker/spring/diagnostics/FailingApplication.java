package io.breaker.spring.diagnostics;

import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;

/** An application that is expected not to start. */
final class FailingApplication {

    private FailingApplication() {}

    /** Gives what the user is told, the action after a line with an arrow. */
    static String messageOf(String yaml, Class<?>... beans) {
        return messageOf(new ApplicationContextRunner(), yaml, beans);
    }

    static String messageOf(ApplicationContextRunner runner, String yaml, Class<?>... beans) {
        ApplicationContextRunner application =
                configured(runner).withInitializer(context -> addProperties(context, yaml));
        for (Class<?> bean : beans) {
            application = application.withBean(bean);
        }
        StringBuilder message = new StringBuilder();
        application.run(context -> {
            FailureAnalysis analysis = new BreakerFailureAnalyzer().analyze(context.getStartupFailure());
            message.append(analysis.getDescription()).append("\n->\n").append(analysis.getAction());
        });
        return message.toString();
    }

    static ApplicationContextRunner configured(ApplicationContextRunner runner) {
        return runner.withConfiguration(AutoConfigurations.of(
                AopAutoConfiguration.class,
                BreakerAutoConfiguration.class,
                PropertyPlaceholderAutoConfiguration.class));
    }

    private static void addProperties(ConfigurableApplicationContext context, String yaml) {
        try {
            ByteArrayResource file = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yaml") {
                @Override
                public String getDescription() {
                    return "application.yaml";
                }
            };
            new YamlPropertySourceLoader()
                    .load("application", file)
                    .forEach(context.getEnvironment().getPropertySources()::addFirst);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
