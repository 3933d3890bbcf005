package io.breaker.timeout;

import java.time.Duration;

/**
 * The settings of a timeout. Immutable.
 *
 * @param limit how long a call may take, above zero; a call that takes the limit or longer has timed out
 * @param interrupt whether a call may be interrupted at its limit, true by default; false only measures, for what an
 *     interrupt breaks, such as NIO channels and file databases. An asynchronous call is cancelled in both cases, and says
 *     itself whether that interrupts a thread.
 */
public record TimeoutConfig(Duration limit, boolean interrupt) {

    /**
     * Makes settings.
     *
     * @param limit above zero
     * @param interrupt whether a synchronous call is interrupted at its limit
     * @throws IllegalArgumentException if {@code limit} is zero or negative
     */
    public TimeoutConfig {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit must be above 0: " + limit);
        }
    }

    /**
     * Makes settings that interrupt.
     *
     * @param limit how long a call may take, above zero
     * @return the settings
     * @throws IllegalArgumentException if {@code limit} is zero or negative
     */
    public static TimeoutConfig of(Duration limit) {
        return new TimeoutConfig(limit, true);
    }

    /**
     * Changes the limit.
     *
     * @param limit how long a call may take, above zero
     * @return changed settings
     * @throws IllegalArgumentException if {@code limit} is zero or negative
     */
    public TimeoutConfig withLimit(Duration limit) {
        return new TimeoutConfig(limit, interrupt);
    }

    /**
     * Changes whether a synchronous call is interrupted.
     *
     * @param interrupt false to measure and report alone
     * @return changed settings
     */
    public TimeoutConfig withInterrupt(boolean interrupt) {
        return new TimeoutConfig(limit, interrupt);
    }

    /** What is longer than a {@code long} of nanoseconds can say (292 years) is never reached. */
    long limitNanos() {
        try {
            return limit.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }
}
