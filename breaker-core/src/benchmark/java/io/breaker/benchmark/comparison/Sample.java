package io.breaker.benchmark.comparison;

/**
 * What one fresh process measured. Immutable.
 *
 * @param value the figure, in the unit of its row
 * @param bytesPerCall what one call allocated; NaN where nobody measured that
 */
public record Sample(double value, double bytesPerCall) {

    /**
     * Makes a sample of something that is not a call.
     *
     * @param value the figure
     * @return a sample without allocation
     */
    public static Sample of(double value) {
        return new Sample(value, Double.NaN);
    }
}
