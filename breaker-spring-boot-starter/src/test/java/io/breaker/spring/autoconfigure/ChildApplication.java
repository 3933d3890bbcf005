package io.breaker.spring.autoconfigure;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** An application in a process of its own, with libraries that the tests must not have on their class path. */
final class ChildApplication implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern STARTED = Pattern.compile("Started \\w+ in ");

    private final List<String> log = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private int port;

    private ChildApplication(Process process) {
        this.process = process;
    }

    /**
     * Compiles an application of one file, and starts it.
     *
     * @param libraries a folder of jars
     * @param classes where to put the compiled classes
     * @param unwanted leaves out the jars of the tests whose path contains that
     */
    static ChildApplication start(
            Path source, String mainClass, Path libraries, Path classes, String unwanted, List<String> arguments)
            throws IOException {
        String classPath = classPath(libraries, classes, unwanted);
        compile(source, classes, classPath);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                mainClass));
        command.addAll(arguments);
        ChildApplication application = new ChildApplication(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        try {
            application.awaitStart();
            return application;
        } catch (IOException | RuntimeException | Error notStarted) {
            application.close();
            throw notStarted;
        }
    }

    private static String classPath(Path libraries, Path classes, String unwanted) throws IOException {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (Stream<Path> jars = Files.list(libraries)) {
            return Stream.concat(
                            Stream.concat(Stream.of(classes), jars).map(Path::toString),
                            Arrays.stream(own.split(File.pathSeparator)).filter(entry -> !entry.contains(unwanted)))
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static void compile(Path source, Path classes, String classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter faults = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-implicit:none", "-d", classes.toString(), "-classpath", classPath);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            if (!compiler.getTask(faults, files, null, options, null, files.getJavaFileObjects(source))
                    .call()) {
                throw new AssertionError(faults.toString());
            }
        }
    }

    /** Reads the log to its end on a thread of its own: a process whose output nobody reads stops. */
    private void awaitStart() throws IOException {
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            log.add(line);
            Matcher found = PORT.matcher(line);
            if (found.find()) {
                port = Integer.parseInt(found.group(1));
            }
            if (STARTED.matcher(line).find()) {
                Thread rest = new Thread(() -> readToEnd(output), "rest of the log");
                rest.setDaemon(true);
                rest.start();
                return;
            }
        }
        throw new AssertionError("The application did not start:\n" + String.join("\n", log));
    }

    private static void readToEnd(BufferedReader output) {
        try {
            output.transferTo(Writer.nullWriter());
        } catch (IOException closed) {
            // The process has ended, and its output with it.
        }
    }

    /** Gives what it logged until it had started. */
    List<String> log() {
        return log;
    }

    String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    String post(String path, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
