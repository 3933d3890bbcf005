package io.breaker.spring.diagnostics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** Says of a failure while the application runs what it would say if it had failed to start. Safe for concurrent use. */
public final class StartupFailures {

    private final ConfigurableApplicationContext context;

    /**
     * Takes the analyzers that there are.
     *
     * @param context the application
     */
    public StartupFailures(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Puts a failure into words.
     *
     * @param failure what was thrown
     * @return what is wrong and what to do, of several lines; empty where no analyzer knows the failure
     */
    public Optional<String> explain(Throwable failure) {
        return analyzers().stream()
                .flatMap(analyzer -> Stream.ofNullable(analyzer.analyze(failure)))
                .findFirst()
                .map(StartupFailures::text);
    }

    /** Asked for when something is wrong, and not kept: that is rare. */
    private List<FailureAnalyzer> analyzers() {
        return SpringFactoriesLoader.forDefaultResourceLocation(context.getClassLoader())
                .load(
                        FailureAnalyzer.class,
                        ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
                                .and(Environment.class, context.getEnvironment()),
                        FailureHandler.handleMessage((message, failure) -> {}));
    }

    private static String text(FailureAnalysis analysis) {
        String action = analysis.getAction();
        return analysis.getDescription() + (action == null ? "" : "\n\nAction:\n\n" + action);
    }
}
