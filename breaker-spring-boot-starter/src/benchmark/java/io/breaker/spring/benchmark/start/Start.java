package io.breaker.spring.benchmark.start;

import io.breaker.benchmark.comparison.ClassPath;
import io.breaker.benchmark.comparison.Contender;
import io.breaker.benchmark.comparison.Pace;
import io.breaker.benchmark.comparison.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts a small application in a process of its own, and measures from before the process begins until the application
 * says that it is ready, in milliseconds. Immutable.
 *
 * @param name the name in its row
 * @param classPath of the process, without the gateways
 * @param annotation guards each method of the gateways; empty for none
 * @param sources classes of the application beside the gateways
 * @param pace how often it is started
 */
public record Start(String name, ClassPath classPath, String annotation, List<String> sources, Pace pace)
        implements Contender {

    private static final Map<String, Path> COMPILED = new ConcurrentHashMap<>();

    /**
     * Begins with an application whose settings name a hundred instances for each library, none of them used.
     *
     * @param name the name in its row
     * @param classPath of the process
     * @return the contender
     */
    public static Start of(String name, ClassPath classPath) {
        return new Start(name, classPath, "", List.of(), Pace.GOAL);
    }

    /**
     * Guards each of its hundred methods.
     *
     * @param type the annotation
     * @return the contender with it
     */
    public Start annotated(String type) {
        return new Start(name, classPath, type, sources, pace);
    }

    /**
     * Adds a configuration.
     *
     * @param type the class
     * @return the contender with it
     */
    public Start source(Class<?> type) {
        return new Start(name, classPath, annotation, List.of(type.getName()), pace);
    }

    /**
     * Changes how often it is started.
     *
     * @param other how often
     * @return the contender with it
     */
    public Start pace(Pace other) {
        return new Start(name, classPath, annotation, sources, other);
    }

    @Override
    public int rounds(int wanted) {
        return pace.rounds(wanted);
    }

    @Override
    public Sample measure() throws IOException, InterruptedException {
        List<String> command = command();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        long ready = awaitReady(process, expected());
        if (process.waitFor() != 0) {
            throw new IllegalStateException("self-check: exit " + process.exitValue());
        }
        return Sample.of(Duration.ofNanos(ready - start).toMillis());
    }

    private String expected() {
        int breakers = annotation.isEmpty() ? 0 : Gateways.BREAKERS;
        int proxies = annotation.isEmpty() && sources.isEmpty() ? 0 : Gateways.CLASSES;
        return SmallApp.ready(breakers, proxies);
    }

    private List<String> command() {
        Path folder = COMPILED.computeIfAbsent(
                name,
                any -> Gateways.compile(
                        Path.of("target", "start", name.replaceAll("\\W+", "-")), annotation, classPath));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath.with(folder.toString()).toString(),
                SmallApp.class.getName()));
        command.addAll(Gateways.classNames());
        command.addAll(sources);
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
