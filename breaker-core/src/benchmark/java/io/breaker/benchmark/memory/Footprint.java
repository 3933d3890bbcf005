package io.breaker.benchmark.memory;

import io.breaker.benchmark.comparison.Contender;
import io.breaker.benchmark.comparison.Sample;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openjdk.jol.info.GraphLayout;

/**
 * Weighs what one more breaker keeps on the heap, in bytes. What all breakers share is not counted, and settings are made
 * anew for each. The layout of objects is always the same, so one round is enough. Immutable.
 *
 * @param name the name in its row
 * @param breaker makes a breaker that is at rest
 */
public record Footprint(String name, Supplier<Object> breaker) implements Contender {

    private static final int BREAKERS = 20;

    @Override
    public int rounds(int wanted) {
        return 1;
    }

    @Override
    public Sample measure() {
        Object[] some = Stream.generate(breaker).limit(BREAKERS).toArray();
        long all = GraphLayout.parseInstance(some).totalSize();
        long one = GraphLayout.parseInstance(some[0]).totalSize();
        return Sample.of((double) (all - one) / (BREAKERS - 1));
    }
}
