package io.breaker.benchmark.comparison;

import java.io.File;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a measured process finds its classes. Immutable.
 *
 * @param entries paths of jars and folders, in order
 */
public record ClassPath(List<String> entries) {

    private static final String PROPERTY = "java.class.path";

    /**
     * Gives the class path of this process: everything, all peers together.
     *
     * @return the whole class path
     */
    public static ClassPath whole() {
        return new ClassPath(Stream.of(System.getProperty(PROPERTY).split(File.pathSeparator))
                .toList());
    }

    /**
     * Leaves entries out.
     *
     * @param unwanted picks them by their path
     * @return the class path without them
     */
    public ClassPath without(Predicate<String> unwanted) {
        return new ClassPath(entries.stream().filter(unwanted.negate()).toList());
    }

    /**
     * Puts an entry in front.
     *
     * @param entry path of a jar or folder
     * @return the longer class path
     */
    public ClassPath with(String entry) {
        return new ClassPath(Stream.concat(Stream.of(entry), entries.stream()).toList());
    }

    @Override
    public String toString() {
        return entries.stream().collect(Collectors.joining(File.pathSeparator));
    }
}
