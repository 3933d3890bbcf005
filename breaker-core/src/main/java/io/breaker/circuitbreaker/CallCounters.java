package io.breaker.circuitbreaker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of every call of one breaker, in all its states. */
final class CallCounters {

    /** Stands for the latency of a call that was not timed. */
    static final long UNMEASURED = -1;

    /*
     * Invariants
     *
     * - Each settled call is added to exactly one of the counts, each rejected call to `rejected`.
     * - Timed and untimed calls are counted apart, so that a mean is taken over the timed ones alone and an untimed call
     *   costs one addition.
     * - Adders, because every call writes here and nobody reads on the call path. A sum read while calls end may lack
     *   some of them; at rest it is exact.
     */
    private final LongAdder timedSuccesses = new LongAdder();
    private final LongAdder untimedSuccesses = new LongAdder();
    private final LongAdder successNanos = new LongAdder();
    private final LongAdder timedFailures = new LongAdder();
    private final LongAdder untimedFailures = new LongAdder();
    private final LongAdder failureNanos = new LongAdder();
    private final LongAdder ignored = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder wouldOpens = new LongAdder();

    void succeeded(long latency) {
        if (latency == UNMEASURED) {
            untimedSuccesses.increment();
        } else {
            timedSuccesses.increment();
            successNanos.add(latency);
        }
    }

    void failed(long latency) {
        if (latency == UNMEASURED) {
            untimedFailures.increment();
        } else {
            timedFailures.increment();
            failureNanos.add(latency);
        }
    }

    void ignored() {
        ignored.increment();
    }

    void rejected() {
        rejected.increment();
    }

    void wouldOpen() {
        wouldOpens.increment();
    }

    long wouldOpens() {
        return wouldOpens.sum();
    }

    CallTotals totals() {
        long timed = timedSuccesses.sum() + timedFailures.sum();
        long successTime = successNanos.sum();
        long failureTime = failureNanos.sum();
        return new CallTotals(
                timedSuccesses.sum() + untimedSuccesses.sum(),
                timedFailures.sum() + untimedFailures.sum(),
                ignored.sum(),
                rejected.sum(),
                Duration.ofNanos(successTime),
                Duration.ofNanos(failureTime),
                timed == 0 ? Optional.empty() : Optional.of(Duration.ofNanos((successTime + failureTime) / timed)));
    }
}
