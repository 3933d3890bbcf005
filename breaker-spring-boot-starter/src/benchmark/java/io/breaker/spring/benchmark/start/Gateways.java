package io.breaker.spring.benchmark.start;

import io.breaker.benchmark.comparison.ClassPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;

/**
 * Beans with a hundred methods in all, each guarded by a breaker of its own, and the settings of these breakers. They are
 * written and compiled by a program, because nobody wants to read them.
 */
final class Gateways {

    static final int BREAKERS = 100;
    static final int CLASSES = 10;
    private static final int METHODS = BREAKERS / CLASSES;

    private Gateways() {}

    static List<String> classNames() {
        return IntStream.range(0, CLASSES).mapToObj(i -> "Gateway" + i).toList();
    }

    /**
     * Writes and compiles them.
     *
     * @param folder where to
     * @param annotation stands over each method; empty for none
     * @param classPath where the annotation is
     * @return {@code folder}
     */
    static Path compile(Path folder, String annotation, ClassPath classPath) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("application.properties"), settings());
            for (int i = 0; i < CLASSES; i++) {
                Path source = folder.resolve("Gateway" + i + ".java");
                Files.writeString(source, source(i, annotation));
                int exit = ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-cp", classPath.toString(), source.toString());
                if (exit != 0) {
                    throw new IllegalStateException(source + " does not compile");
                }
            }
            return folder;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static List<String> settings() {
        List<String> settings = IntStream.range(0, BREAKERS)
                .mapToObj(i -> List.of(
                        "breaker.instances.call-" + i + ".window=count(100)",
                        "resilience4j.circuitbreaker.instances.call-" + i + ".sliding-window-size=100"))
                .flatMap(List::stream)
                .collect(Collectors.toList());
        settings.add("server.address=127.0.0.1");
        settings.add("server.port=0");
        settings.add("logging.level.root=warn");
        return settings;
    }

    private static String source(int index, String annotation) {
        String methods = IntStream.range(index * METHODS, (index + 1) * METHODS)
                .mapToObj(i -> (annotation.isEmpty() ? "" : "@" + annotation + "(name = \"call-" + i + "\")\n")
                        + "public String call" + i + "(String order) { return order; }\n")
                .collect(Collectors.joining());
        return "public class Gateway" + index + " {\n" + methods + "}\n";
    }
}
