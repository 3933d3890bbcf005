package io.breaker.spring.registry;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.time.Scheduler;
import io.breaker.time.Ticker;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes the policies that stand beside the breakers of an application. They share one clock and one scheduler. Safe for
 * concurrent use.
 */
public final class PolicyFactory {

    private final Ticker ticker;
    private final SingletonSupplier<Scheduler> scheduler;
    private final Executor retries;

    /**
     * Makes a factory.
     *
     * @param ticker where the policies take the time from
     * @param scheduler asked when the first policy is made, not before
     * @param retries runs the attempts of asynchronous calls but the first. What it runs may block: the method itself
     *     runs there until it returns its stage.
     */
    public PolicyFactory(Ticker ticker, Supplier<Scheduler> scheduler, Executor retries) {
        this.ticker = ticker;
        this.scheduler = SingletonSupplier.of(scheduler);
        this.retries = retries;
    }

    /** Asks for the scheduler, which may make a bean: not to be done while a lock is held. */
    void awaken() {
        scheduler.obtain();
    }

    Retry retry(String name, RetryConfig config) {
        RetryConfig onExecutor = config.toBuilder().executor(retries).build();
        return Retry.of(name, onExecutor, ticker, scheduler.obtain());
    }

    Bulkhead bulkhead(String name, BulkheadConfig config) {
        return Bulkhead.of(name, config, ticker, scheduler.obtain());
    }

    Timeout timeout(String name, TimeoutConfig config) {
        return Timeout.of(name, config, ticker, scheduler.obtain());
    }
}
