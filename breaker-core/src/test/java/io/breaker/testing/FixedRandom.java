package io.breaker.testing;

import java.util.random.RandomGenerator;

/** Chance that always draws the same number from [0.0, 1.0). */
public record FixedRandom(double draw) implements RandomGenerator {

    @Override
    public double nextDouble() {
        return draw;
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("only nextDouble is fixed");
    }
}
