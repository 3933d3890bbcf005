package io.breaker.spring.aot;

import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.util.function.Consumer;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

/** An application that is processed ahead of time, as a build does it, and then started from what was generated. */
final class ProcessedApplication {

    private final TestGenerationContext generated = new TestGenerationContext();
    private final ClassName initializer;
    private final TestPropertyValues properties;

    private ProcessedApplication(Class<?> configuration, String... properties) {
        this.properties = TestPropertyValues.of(properties);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            this.properties.applyTo(context);
            context.register(configuration, BreakerAutoConfiguration.class);
            this.initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generated);
        }
    }

    static ProcessedApplication of(Class<?> configuration, String... properties) {
        return new ProcessedApplication(configuration, properties);
    }

    /** What a native image would be told. */
    RuntimeHints hints() {
        return generated.getRuntimeHints();
    }

    /** Compiles what was generated, and starts the application from it. */
    void run(Consumer<GenericApplicationContext> test) {
        generated.writeGeneratedContent();
        TestCompiler.forSystem().with(generated).compile(compiled -> {
            try (GenericApplicationContext context = new GenericApplicationContext()) {
                properties.applyTo(context);
                initialize(compiled.getInstance(ApplicationContextInitializer.class, initializer.toString()), context);
                context.refresh();
                test.accept(context);
            }
        });
    }

    @SuppressWarnings("unchecked") // The generated class says which contexts it takes; getInstance cannot.
    private static void initialize(ApplicationContextInitializer<?> initializer, GenericApplicationContext context) {
        ((ApplicationContextInitializer<GenericApplicationContext>) initializer).initialize(context);
    }
}
