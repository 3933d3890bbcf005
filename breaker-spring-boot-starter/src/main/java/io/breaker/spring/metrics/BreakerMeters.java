package io.breaker.spring.metrics;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Registers meters that read one breaker, with its name as the first tag.
 *
 * <p>Micrometer holds the breaker weakly; the registry of breakers holds it for as long as the application lives.
 *
 * @param breaker what the meters read
 * @param registry where they are registered
 */
record BreakerMeters(CircuitBreaker breaker, MeterRegistry registry) {

    private static final String PREFIX = "circuit.breaker.";

    void gauge(String name, String description, Tags tags, ToDoubleFunction<CircuitBreaker> value) {
        Gauge.builder(PREFIX + name, breaker, value)
                .description(description)
                .tags(named(tags))
                .register(registry);
    }

    void counter(String name, String description, Tags tags, ToDoubleFunction<CircuitBreaker> count) {
        FunctionCounter.builder(PREFIX + name, breaker, count)
                .description(description)
                .tags(named(tags))
                .register(registry);
    }

    void timer(
            String name,
            String description,
            Tags tags,
            ToLongFunction<CircuitBreaker> count,
            Function<CircuitBreaker, Duration> totalTime) {
        FunctionTimer.builder(
                        PREFIX + name,
                        breaker,
                        count,
                        read -> totalTime.apply(read).toNanos(),
                        TimeUnit.NANOSECONDS)
                .description(description)
                .tags(named(tags))
                .register(registry);
    }

    Timer timer(String name, String description, Tags tags) {
        return Timer.builder(PREFIX + name)
                .description(description)
                .tags(named(tags))
                .register(registry);
    }

    private Tags named(Tags tags) {
        return Tags.of("name", breaker.name()).and(tags);
    }
}
