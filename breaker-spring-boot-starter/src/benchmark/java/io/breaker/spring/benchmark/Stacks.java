package io.breaker.spring.benchmark;

import io.breaker.benchmark.comparison.ClassPath;
import io.breaker.spring.annotation.CircuitBreaker;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The class paths of the measured applications: nobody finds on his what only another one brings. */
final class Stacks {

    private static final List<String> OURS = Stream.of(
                    CircuitBreaker.class, io.breaker.circuitbreaker.CircuitBreaker.class)
            .map(Stacks::placeOf)
            .toList();

    private Stacks() {}

    static ClassPath breaker() {
        return ClassPath.whole().without(Stacks::isResilience4j).without(Stacks::isAspectj);
    }

    /**
     * Finds the starter in its jar, as an application does. In Maven's folder of classes the JVM would look for each
     * class of Spring first, one access to the disk for each of 8000 classes.
     */
    static ClassPath packedBreaker() {
        return breaker().without(placeOf(CircuitBreaker.class)::equals).with(System.getProperty("benchmark.jar"));
    }

    static ClassPath resilience4j() {
        return ClassPath.whole().without(OURS::contains);
    }

    static ClassPath aspectj() {
        return resilience4j().without(Stacks::isResilience4j);
    }

    static ClassPath plain() {
        return aspectj().without(Stacks::isAspectj);
    }

    private static boolean isResilience4j(String entry) {
        return fileName(entry).startsWith("resilience4j-");
    }

    private static boolean isAspectj(String entry) {
        return fileName(entry).startsWith("aspectj") || fileName(entry).startsWith("spring-boot-starter-aspectj");
    }

    private static String fileName(String entry) {
        return Path.of(entry).getFileName().toString();
    }

    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
