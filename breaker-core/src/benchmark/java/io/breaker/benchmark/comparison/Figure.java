package io.breaker.benchmark.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The samples of one contender in one row. Not safe for concurrent use. */
public final class Figure {

    private final List<Sample> samples = new ArrayList<>();

    void add(Sample sample) {
        samples.add(sample);
    }

    /**
     * Tells the figure that stands for all.
     *
     * @return the middle value; with an even number of samples the mean of the two in the middle
     */
    public double median() {
        return middle(Sample::value);
    }

    /**
     * Tells what a call allocates.
     *
     * @return the middle value in bytes; NaN where nobody measured that
     */
    public double bytesPerCall() {
        return middle(Sample::bytesPerCall);
    }

    double min() {
        return samples.stream().mapToDouble(Sample::value).min().orElse(Double.NaN);
    }

    double max() {
        return samples.stream().mapToDouble(Sample::value).max().orElse(Double.NaN);
    }

    private double middle(ToDoubleFunction<Sample> part) {
        double[] sorted = samples.stream().mapToDouble(part).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
