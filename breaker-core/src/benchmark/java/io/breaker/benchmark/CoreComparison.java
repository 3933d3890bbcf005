package io.breaker.benchmark;

import io.breaker.benchmark.comparison.Comparison;
import io.breaker.benchmark.comparison.Row;
import io.breaker.benchmark.memory.Footprints;
import java.util.List;
import java.util.stream.Stream;

/** Compares breaker-core with its peers. */
public final class CoreComparison {

    private CoreComparison() {}

    /**
     * Measures, and writes the page.
     *
     * @param arguments none
     * @throws Exception if a self-check fails
     */
    public static void main(String[] arguments) throws Exception {
        List<Row> rows = Stream.of(CallRows.rows(), SizeRows.rows(), Footprints.rows())
                .flatMap(List::stream)
                .toList();
        Comparison.run("One call of breaker-core", rows);
    }
}
