package io.breaker.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.Setting;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Compiles every piece of Java in the README, and starts an application with every piece of YAML. */
class ReadmeSnippetsTests {

    private static final Path README = Path.of("..", "README.md");

    /** What the snippets take for granted. */
    private static final String BEFORE = """
            import io.breaker.bulkhead.Bulkhead;
            import io.breaker.circuitbreaker.CallNotPermittedException;
            import io.breaker.circuitbreaker.OngoingCall;
            import io.breaker.circuitbreaker.tracker.Tracker;
            import io.breaker.fallback.Fallback;
            import io.breaker.pipeline.Pipeline;
            import io.breaker.retry.Retry;
            import io.breaker.timeout.Timeout;
            import java.io.IOException;
            import java.net.SocketTimeoutException;
            import java.time.Duration;
            import java.util.Map;
            import java.util.NoSuchElementException;
            import java.util.concurrent.CompletionStage;
            import org.springframework.context.annotation.Bean;
            import %s;

            abstract class Snippet {
                record Receipt() {}
                interface Client {
                    Receipt receipt(String id);
                    CompletionStage<Receipt> receiptAsync(String id);
                }
                Client client;
                Map<String, Receipt> cache;
                String id;
            """;

    private static final String ANNOTATION = "io.breaker.spring.annotation.CircuitBreaker";
    private static final String POLICY = "io.breaker.circuitbreaker.CircuitBreaker";

    @TestFactory
    Stream<DynamicTest> everyPieceOfJavaCompiles() throws IOException {
        return snippets(README, "java")
                .map(snippet -> dynamicTest(
                        firstLine(snippet),
                        () -> assertThat(faultsOf(asSource(snippet))).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> anApplicationStartsWithEveryPieceOfYaml() throws IOException {
        return snippets(README, "yaml")
                .map(snippet -> dynamicTest(
                        firstLine(snippet),
                        () -> new ApplicationContextRunner()
                                .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
                                .withUserConfiguration(BeansOfTheReadme.class)
                                .withInitializer(context -> context.getEnvironment()
                                        .getPropertySources()
                                        .addFirst(read(snippet)))
                                .run(context -> {
                                    assertThat(context).hasNotFailed();
                                    Breakers breakers = context.getBean(Breakers.class);
                                    breakers.get("payments");
                                    assertThat(breakers.describe("payments")
                                                    .orElseThrow()
                                                    .settings()
                                                    .values())
                                            .extracting(Setting::origin)
                                            .anyMatch(origin -> origin.startsWith("breaker."));
                                })));
    }

    @Configuration(proxyBeanMethods = false)
    static class BeansOfTheReadme {

        @Bean
        Tracker notFound() {
            return NoSuchElementException.class::isInstance;
        }
    }

    static Stream<String> snippets(Path page, String language) throws IOException {
        String readme = Files.readString(page);
        List<String> snippets = Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(readme)
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(snippets).isNotEmpty();
        return snippets.stream();
    }

    /** Methods are members of the class; anything else is put into a method. */
    private static String asSource(String snippet) {
        boolean members = snippet.startsWith("@");
        String body = members ? snippet : "void statements() throws Exception {\n" + snippet + "}\n";
        return BEFORE.formatted(snippet.contains("@CircuitBreaker") ? ANNOTATION : POLICY) + body + "}\n";
    }

    static String faultsOf(String source) throws IOException {
        Path classes = Files.createDirectories(Path.of("target", "readme-classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter faults = new StringWriter();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        compiler.getTask(
                        faults,
                        null,
                        null,
                        List.of("-proc:none", "-implicit:none", "-d", classes.toString(), "-classpath", classPath),
                        null,
                        List.of(file))
                .call();
        return faults.toString();
    }

    static PropertySource<?> read(String yaml) {
        try {
            return new YamlPropertySourceLoader()
                    .load("README", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                    .get(0);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    static String firstLine(String snippet) {
        return snippet.lines().findFirst().orElseThrow();
    }
}
