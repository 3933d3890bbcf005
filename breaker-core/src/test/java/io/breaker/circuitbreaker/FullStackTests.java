package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stack that is full throws wherever it likes, also while a counter is being written. Each test is a process of its own:
 * a class that is being initialised when the stack is full could never be used again by the tests that follow.
 */
class FullStackTests {

    private static final int WINDOW = 50;

    @ParameterizedTest
    @ValueSource(strings = {"-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=1 -XX:MaxInlineLevel=0"})
    void leavesABreakerThatWorksOn(String compiler) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(compiler.split(" ")));
        command.addAll(List.of("-cp", classPath(), Diver.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            try (InputStream output = process.getInputStream()) {
                assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8))
                        .isEmpty();
            }
            assertThat(ended).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String classPath() {
        return String.join(System.getProperty("path.separator"), placeOf(Diver.class), placeOf(CircuitBreaker.class));
    }

    private static String placeOf(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    /** Fills stacks with calls through a breaker, and sees whether it works on; prints what is wrong. */
    static final class Diver {

        private static final int ROUNDS = 250;
        private static final long PATIENCE_MILLIS = 3_000;

        private Diver() {}

        public static void main(String[] arguments) throws InterruptedException {
            for (int round = 0; round < ROUNDS; round++) {
                CircuitBreaker breaker = CircuitBreaker.of(
                        "dived",
                        settings -> settings.window("count(" + WINDOW + ")")
                                .tripper("failureCount(1000000) | slowRate(1.0, 1h)"));
                int start = round % WINDOW;
                runs(() -> dive(start, breaker), 256 * 1024 + round % 64 * 64L);
                runs(() -> worksOn(breaker), 0);
            }
            System.exit(0);
        }

        private static void runs(Runnable work, long stack) throws InterruptedException {
            Thread thread = new Thread(null, work, "worker", stack);
            thread.setUncaughtExceptionHandler((failing, thrown) -> fail(thrown.toString()));
            thread.start();
            thread.join(PATIENCE_MILLIS);
            if (thread.isAlive()) {
                fail("a thread waits for ever: " + List.of(thread.getStackTrace()));
            }
        }

        private static void dive(int start, CircuitBreaker breaker) {
            if (start > 0) {
                dive(start - 1, breaker);
                return;
            }
            try {
                diveThrough(breaker);
            } catch (StackOverflowError full) {
                // It is what the test is about.
            }
        }

        private static void diveThrough(CircuitBreaker breaker) {
            breaker.run(() -> diveThrough(breaker));
        }

        private static void worksOn(CircuitBreaker breaker) {
            for (int i = 0; i < WINDOW; i++) {
                breaker.begin().succeed();
            }
            holds(breaker, 0);
            for (int i = 0; i < WINDOW; i++) {
                breaker.begin().fail(new Exception());
            }
            holds(breaker, WINDOW);
        }

        private static void holds(CircuitBreaker breaker, int failures) {
            CircuitSnapshot snapshot = breaker.snapshot();
            if (snapshot.stats().total() != WINDOW
                    || snapshot.stats().failures() != failures
                    || snapshot.failureStreak() != failures) {
                fail("not " + failures + " failures: " + snapshot);
            }
        }

        @SuppressWarnings("SystemOut") // Read by the test.
        private static void fail(String what) {
            System.out.println(what);
            System.out.flush();
            Runtime.getRuntime().halt(1);
        }
    }
}
