package io.breaker.bulkhead;

import java.time.Duration;
import java.util.Objects;

/**
 * The settings of a bulkhead. Immutable; made by {@link #builder()}.
 *
 * @param maxConcurrentCalls how many calls may be under way at one time, at least 1, 25 by default
 * @param queueCapacity how many callers may wait for a slot, at least 0; 0 by default: nobody waits
 * @param queueTimeout how long a caller waits at most, above zero, 500 ms by default
 */
public record BulkheadConfig(int maxConcurrentCalls, int queueCapacity, Duration queueTimeout) {

    /** How many calls may be under way at one time, unless told otherwise: 25. */
    public static final int DEFAULT_MAX_CONCURRENT_CALLS = 25;

    /** How long a caller waits at most, unless told otherwise: 500 ms. */
    public static final Duration DEFAULT_QUEUE_TIMEOUT = Duration.ofMillis(500);

    /**
     * Makes settings.
     *
     * @param maxConcurrentCalls at least 1
     * @param queueCapacity at least 0
     * @param queueTimeout above zero
     * @throws IllegalArgumentException if a value is out of range
     */
    public BulkheadConfig {
        check(maxConcurrentCalls >= 1, "maxConcurrentCalls must be at least 1", maxConcurrentCalls);
        check(queueCapacity >= 0, "queueCapacity must be at least 0", queueCapacity);
        check(queueTimeout.compareTo(Duration.ZERO) > 0, "queueTimeout must be above 0", queueTimeout);
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts from these settings.
     *
     * @return a new builder that changes nothing here
     */
    public Builder toBuilder() {
        return new Builder()
                .maxConcurrentCalls(maxConcurrentCalls)
                .queueCapacity(queueCapacity)
                .queueTimeout(queueTimeout);
    }

    private static void check(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }

    /** Collects settings. Not safe for concurrent use. */
    public static final class Builder {

        private int maxConcurrentCalls = DEFAULT_MAX_CONCURRENT_CALLS;
        private int queueCapacity;
        private Duration queueTimeout = DEFAULT_QUEUE_TIMEOUT;

        private Builder() {}

        /**
         * Sets how many calls may be under way at one time.
         *
         * @param maxConcurrentCalls at least 1
         * @return this builder
         */
        public Builder maxConcurrentCalls(int maxConcurrentCalls) {
            this.maxConcurrentCalls = maxConcurrentCalls;
            return this;
        }

        /**
         * Sets how many callers may wait for a slot.
         *
         * @param queueCapacity at least 0; 0 rejects whoever finds no slot
         * @return this builder
         */
        public Builder queueCapacity(int queueCapacity) {
            this.queueCapacity = queueCapacity;
            return this;
        }

        /**
         * Sets how long a caller waits at most.
         *
         * @param queueTimeout above zero
         * @return this builder
         */
        public Builder queueTimeout(Duration queueTimeout) {
            this.queueTimeout = Objects.requireNonNull(queueTimeout, "queueTimeout");
            return this;
        }

        /**
         * Makes the settings.
         *
         * @return immutable settings
         * @throws IllegalArgumentException if a value is out of range
         */
        public BulkheadConfig build() {
            return new BulkheadConfig(maxConcurrentCalls, queueCapacity, queueTimeout);
        }
    }
}
