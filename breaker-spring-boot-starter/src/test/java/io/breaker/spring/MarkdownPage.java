package io.breaker.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** A page of the documents. */
public record MarkdownPage(Path path) {

    /** Finds a page by its path from the top of the project. */
    public static MarkdownPage of(String first, String... more) {
        return new MarkdownPage(Path.of("..").resolve(Path.of(first, more)));
    }

    /** Reads the whole page. */
    public String text() {
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Gives the pieces of code in a language; there is one at least. */
    public Stream<String> snippets(String language) {
        List<String> snippets = Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text())
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(snippets).isNotEmpty();
        return snippets.stream();
    }

    /**
     * Compiles every piece of Java. One that begins with an annotation or {@code static} is a member of a class, any other
     * stands in a method.
     *
     * @param before the source up to there: imports, and the head of a class with what the pieces take for granted
     */
    public Stream<DynamicTest> compiled(String before) {
        return compiled((Function<String, String>) snippet -> before);
    }

    /**
     * Compiles every piece of Java likewise.
     *
     * @param before gives the source up to a piece
     */
    public Stream<DynamicTest> compiled(Function<String, String> before) {
        return snippets("java")
                .map(snippet -> dynamicTest(
                        firstLine(snippet),
                        () -> assertThat(faultsOf(before.apply(snippet) + asMember(snippet) + "}\n"))
                                .isEmpty()));
    }

    private static String asMember(String snippet) {
        return snippet.startsWith("@") || snippet.startsWith("static ")
                ? snippet
                : "void statements() throws Exception {\n" + snippet + "}\n";
    }

    private static String faultsOf(String source) throws IOException {
        Path classes = Files.createDirectories(Path.of("target", "snippet-classes"));
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

    /** Reads a piece of YAML as Spring Boot does. */
    public static PropertySource<?> properties(String yaml) {
        try {
            return new YamlPropertySourceLoader()
                    .load("page", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                    .get(0);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static String firstLine(String snippet) {
        return snippet.lines().findFirst().orElseThrow();
    }
}
