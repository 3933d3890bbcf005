package io.breaker.pipeline;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.bulkhead.BulkheadEvent;
import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerEvent;
import io.breaker.event.Registration;
import io.breaker.fallback.Fallback;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.retry.RetryEvent;
import io.breaker.time.Backoff;
import io.breaker.time.Scheduler;
import io.breaker.time.Ticker;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import io.breaker.timeout.TimeoutEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Every policy around the calls to one service, and what the callers, the listeners and the policies between them see. */
final class Soak {

    static final int MAX_CONCURRENT_CALLS = 8;

    final CircuitBreaker breaker = CircuitBreaker.of(
            "soak",
            CircuitBreakerConfig.builder()
                    .window("count(50)")
                    .tripper("minRequests(20) & failureRate(0.5)")
                    .cooldown("fixed(20ms)")
                    .build());
    final Retry retry;
    final Bulkhead bulkhead;
    final Timeout timeout;
    /** Between the retry and the breaker: every attempt. */
    final Observed attempts = new Observed();
    /** Between the bulkhead and the timeout: every attempt that is made. */
    final Observed made = new Observed();

    final Pipeline pipeline;

    /** What callers and fallbacks saw, by its name. */
    private final Map<String, LongAdder> seen = new ConcurrentHashMap<>();
    /** Threads whose synchronous call has timed out since it was last asked. */
    private final Set<Thread> timedOut = ConcurrentHashMap.newKeySet();

    final Fallback<String> fallback = Fallback.of(Exception.class, failure -> {
        count("answered " + Observed.End.of(failure));
        return "fallback";
    });

    Soak(Scheduler scheduler) {
        retry = Retry.of(
                "soak",
                RetryConfig.builder()
                        .backoff(new Backoff(Duration.ofMillis(1), 2, Duration.ofMillis(5), /* jitter= */ 0.5))
                        .on("all")
                        .build(),
                Ticker.system(),
                scheduler);
        bulkhead = Bulkhead.of(
                "soak",
                new BulkheadConfig(MAX_CONCURRENT_CALLS, /* queueCapacity= */ 24, Duration.ofMillis(15)),
                Ticker.system(),
                scheduler);
        timeout = Timeout.of("soak", TimeoutConfig.of(Duration.ofMillis(40)), Ticker.system(), scheduler);
        // The order is that of any pipeline; retry and timeout are named here to have an observer on their inner or
        // outer side.
        pipeline = Pipeline.builder("soak")
                .around(retry, attempts)
                .circuitBreaker(breaker)
                .bulkhead(bulkhead)
                .inside(made, timeout)
                .build();
    }

    /** Listens to everything that is counted; close the registrations in the end. */
    List<Registration> listen() {
        List<Registration> registrations = new ArrayList<>();
        registrations.add(breaker.onEvent(CircuitBreakerEvent.Succeeded.class, event -> count("event succeeded")));
        registrations.add(breaker.onEvent(CircuitBreakerEvent.Failed.class, event -> count("event failed")));
        registrations.add(breaker.onEvent(CircuitBreakerEvent.Ignored.class, event -> count("event ignored")));
        registrations.add(breaker.onEvent(CircuitBreakerEvent.Rejected.class, event -> count("event rejected")));
        registrations.add(breaker.onEvent(CircuitBreakerEvent.StateChanged.class, event -> count("state changes")));
        registrations.add(bulkhead.onEvent(BulkheadEvent.Rejected.class, event -> count("event " + event.reason())));
        registrations.add(retry.onEvent(RetryEvent.Retried.class, event -> count("event retried")));
        registrations.add(timeout.onEvent(this::noteTimeout));
        return registrations;
    }

    private void noteTimeout(TimeoutEvent event) {
        count("event timed out");
        // The event is told on the thread that caused it: for a synchronous call, the caller's.
        timedOut.add(Thread.currentThread());
    }

    /** Whether a synchronous call of this thread has timed out since this was last asked. */
    boolean timedOutHere() {
        return timedOut.remove(Thread.currentThread());
    }

    void count(String what) {
        seen.computeIfAbsent(what, name -> new LongAdder()).increment();
    }

    long seen(String what) {
        LongAdder adder = seen.get(what);
        return adder == null ? 0 : adder.sum();
    }

    long rejections(BulkheadFullException.Reason reason) {
        return seen("event " + reason);
    }

    /** Whether nothing is under way any more. */
    boolean isAtRest() {
        return attempts.ended() == attempts.begun()
                && made.ended() == made.begun()
                && bulkhead.activeCalls() == 0
                && bulkhead.queued() == 0;
    }

    @Override
    public String toString() {
        return "calls " + retry.totals().calls() + " (values " + seen("value") + ", fallbacks " + seen("fallback")
                + ", cancelled " + seen("cancelled") + ", ended by their callers " + seen("taken over") + "); attempts "
                + attempts.begun() + ", made " + made.begun() + "; "
                + breaker.snapshot().totals() + "; "
                + bulkhead.totals() + "; " + timeout.totals() + "; " + retry.totals() + "; interrupted "
                + seen("interrupted") + ", state changes " + seen("state changes");
    }
}
