package io.breaker.bulkhead;

import io.breaker.bulkhead.BulkheadFullException.Reason;

/** The settings of one bulkhead and the rejections that name them, made once because they carry nothing of a call. */
record Limits(
        BulkheadConfig config,
        BulkheadFullException full,
        BulkheadFullException timedOut,
        BulkheadFullException interrupted) {

    static Limits of(String name, BulkheadConfig config) {
        return new Limits(
                config,
                new BulkheadFullException(name, Reason.FULL, config),
                new BulkheadFullException(name, Reason.TIMED_OUT, config),
                new BulkheadFullException(name, Reason.INTERRUPTED, config));
    }

    int maxConcurrentCalls() {
        return config.maxConcurrentCalls();
    }

    int queueCapacity() {
        return config.queueCapacity();
    }
}
