package io.breaker.spring.metrics;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.LivePipeline;
import io.breaker.spring.registry.PolicyTotals;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** The meters of what stands beside one breaker: its retry, its timeout, its bulkhead and the fallbacks. */
final class PolicyMeters {

    private final BreakerMeters meters;
    private final Breakers breakers;
    /** Turned to true by the first who sees a bulkhead. */
    private final AtomicBoolean bulkheadRegistered = new AtomicBoolean();

    PolicyMeters(BreakerMeters meters, Breakers breakers) {
        this.meters = meters;
        this.breakers = breakers;
    }

    /** The counters are there without the policies, too: a rule for an alert is then the same for every name. */
    void register() {
        counter("retries", "Attempts that were made after a first one", PolicyTotals::retries);
        counter("timeouts", "Attempts that were given up", PolicyTotals::timeouts);
        counter("fallbacks", "Calls that a fallback answered", PolicyTotals::fallbacks);
        counter("bulkhead.rejections", "Attempts that found no room", PolicyTotals::bulkheadRejections);
    }

    /** Looks for a bulkhead: it may come with other settings. */
    void registerNewBulkhead() {
        boolean bulkhead = breakers.findPipeline(meters.breaker().name())
                .flatMap(LivePipeline::bulkhead)
                .isPresent();
        if (bulkhead && bulkheadRegistered.compareAndSet(false, true)) {
            gauge("bulkhead.active", "Attempts that are under way", Bulkhead::activeCalls);
            gauge("bulkhead.queued", "Callers that wait for room", Bulkhead::queued);
        }
    }

    private void counter(String name, String description, ToLongFunction<PolicyTotals> count) {
        meters.counter(name, description, Tags.empty(), breaker -> count.applyAsLong(breakers.totals(breaker.name())));
    }

    private void gauge(String name, String description, ToIntFunction<Bulkhead> figure) {
        meters.gauge(
                name,
                description,
                Tags.empty(),
                breaker -> breakers.findPipeline(breaker.name())
                        .flatMap(LivePipeline::bulkhead)
                        .map(bulkhead -> (double) figure.applyAsInt(bulkhead))
                        .orElse(Double.NaN));
    }
}
