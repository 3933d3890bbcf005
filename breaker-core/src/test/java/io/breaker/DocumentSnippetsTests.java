package io.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.testing.MarkdownPage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles every piece of Java in the documents: somebody will copy it. */
class DocumentSnippetsTests {

    /** What the pieces leave out, because every reader has it. */
    private static final String AROUND = """
            import io.breaker.circuitbreaker.CircuitBreaker;
            import io.breaker.circuitbreaker.CircuitBreakerEvent;
            import io.breaker.circuitbreaker.CircuitState;
            import io.breaker.circuitbreaker.StateOverride;
            import io.breaker.circuitbreaker.tripper.Tripper;
            import io.breaker.expression.Vocabulary;
            import java.time.Duration;

            class Snippet {
                interface Log {
                    void info(String message);
                }

                Log log;
                CircuitBreaker payments;

                void run() {
            %s
                }
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("snippets")
    void compiles(String snippet) throws IOException {
        Path file = Files.writeString(folder.resolve("Snippet.java"), String.format(AROUND, snippet));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter faults = new StringWriter();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", folder.toString(), "-classpath", classPath);
            compiler.getTask(faults, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
        }

        assertThat(faults).hasToString("");
    }

    static Stream<String> snippets() {
        return Stream.of("expressions.md", "states.md")
                .flatMap(page -> MarkdownPage.of(page).blocks().stream())
                .filter(block -> block.info().equals("java"))
                .map(MarkdownPage.Block::text);
    }
}
