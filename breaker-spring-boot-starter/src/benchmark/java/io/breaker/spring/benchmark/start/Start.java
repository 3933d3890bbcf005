package io.breaker.spring.benchmark.start;

import io.breaker.benchmark.comparison.ClassPath;
import io.breaker.benchmark.comparison.Contender;
import io.breaker.benchmark.comparison.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a small application in a process of its own, and measures from before the process begins until the application
 * says that it is ready, in milliseconds. Immutable.
 *
 * @param name the name in its row
 * @param classPath of the process
 * @param breakers how many there must be in the end
 */
public record Start(String name, ClassPath classPath, int breakers) implements Contender {

    /**
     * Compiles the application.
     *
     * @param name the name in its row
     * @param annotation guards the methods of the application; empty for none
     * @param classPath of the process, without what is compiled here
     * @return the contender
     */
    public static Start of(String name, String annotation, ClassPath classPath) {
        Path folder = Gateways.compile(Path.of("target", "start", name), annotation, classPath);
        return new Start(name, classPath.with(folder.toString()), annotation.isEmpty() ? 0 : Gateways.BREAKERS);
    }

    @Override
    public Sample measure() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(command(classPath)).redirectErrorStream(true).start();
        long ready = awaitReady(process, SmallApp.READY + breakers);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("self-check: exit " + process.exitValue());
        }
        return Sample.of(Duration.ofNanos(ready - start).toMillis());
    }

    private static List<String> command(ClassPath classPath) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath.toString(),
                SmallApp.class.getName()));
        command.addAll(Gateways.classNames());
        return command;
    }

    /** Reads all that the process says. Gives the moment when it was ready. */
    private static long awaitReady(Process process, String expected) throws IOException {
        List<String> said = new ArrayList<>();
        long ready = 0;
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                if (line.equals(expected)) {
                    ready = System.nanoTime();
                }
            }
        }
        if (ready == 0) {
            throw new IllegalStateException(
                    "self-check: '" + expected + "' was not said, but\n" + String.join("\n", said));
        }
        return ready;
    }
}
