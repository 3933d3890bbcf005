package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.Untracked;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Every property under {@code breaker}. They stand in one class because an unknown one stops the start. Immutable.
 *
 * @param enabled Whether annotated methods are intercepted. Without it all beans stay.
 * @param defaults Settings of every circuit breaker, weaker than annotations.
 * @param configs Settings by name, to start from in the annotation's config and in an instance's base-config.
 * @param instances Settings of single circuit breakers by name, stronger than annotations.
 * @param health Contribution to the health endpoint.
 * @param events What is kept for the events of the endpoint.
 * @param metrics What the meters show.
 * @param web Answers to web requests.
 * @param http Calls of HTTP clients.
 */
@ConfigurationProperties(prefix = "breaker", ignoreUnknownFields = false)
public record BreakerProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Settings defaults,
        @DefaultValue Map<String, Settings> configs,
        @DefaultValue Map<String, Instance> instances,
        @DefaultValue Health health,
        @DefaultValue Events events,
        @DefaultValue Metrics metrics,
        @DefaultValue Web web,
        @DefaultValue HttpProperties http) {

    /**
     * Settings of circuit breakers. What is left out has no opinion.
     *
     * @param window How much of the past counts, such as count(100) or time(60s).
     * @param tracker Which exceptions are failures, such as typeOf(java.io.IOException).
     * @param tripper When the circuit opens, such as failureStreak(5).
     * @param cooldown How long the circuit stays open, such as fixed(60s) or exponential(10s, max=5m).
     * @param permit Which calls may probe in HALF_OPEN, such as concurrent(3) or rampUp(0.1, 1.0, 60s).
     * @param successThreshold Number of successful probes that close the circuit, at least 1.
     * @param probeTimeout Time after which a probe is given up, longer than the slowest healthy call. Zero waits for ever.
     * @param untracked What a call counts as whose exception is not tracked.
     * @param resultTracker Name of a Predicate bean that says which returned values are failures.
     * @param initialState State to start in.
     * @param measureLatency Whether calls are timed. Cannot be turned off for a tripper with a latency rule.
     * @param timeout Time after which an attempt is given up. Without it none is.
     * @param timeoutInterrupt Whether the thread of a plain call is interrupted at its timeout, or only told afterwards.
     * @param retry How failed calls are made again. Without any of its keys they are not.
     * @param bulkhead How many calls may be under way at one time. Without any of its keys there is no limit.
     * @param maxRetryAfter Longest time the circuit stays open because a failure asks for it, as with Retry-After.
     */
    public record Settings(
            @Nullable String window,
            @Nullable String tracker,
            @Nullable String tripper,
            @Nullable String cooldown,
            @Nullable String permit,
            @Nullable Integer successThreshold,
            @Nullable Duration probeTimeout,
            @Nullable Untracked untracked,
            @Nullable String resultTracker,
            @Nullable CircuitState initialState,
            @Nullable Boolean measureLatency,
            @Nullable Duration timeout,
            @Nullable Boolean timeoutInterrupt,
            @Nullable RetrySettings retry,
            @Nullable BulkheadSettings bulkhead,
            @Nullable Duration maxRetryAfter) {

        static Settings ofAnnotation(
                @Nullable String tracker, @Nullable String tripper, @Nullable String resultTracker) {
            return of(tracker, tripper, resultTracker, null);
        }

        static Settings ofInitialState(CircuitState initialState) {
            return of(null, null, null, initialState);
        }

        private static Settings of(
                @Nullable String tracker,
                @Nullable String tripper,
                @Nullable String resultTracker,
                @Nullable CircuitState initialState) {
            return new Settings(
                    null,
                    tracker,
                    tripper,
                    null,
                    null,
                    null,
                    null,
                    null,
                    resultTracker,
                    initialState,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    /**
     * Settings of one circuit breaker. What is left out has no opinion.
     *
     * @param enabled Whether the circuit breaker does anything. Without it calls pass through and are not counted.
     * @param baseConfig Name of an entry of breaker.configs, weaker than the settings beside it.
     * @param window How much of the past counts, such as count(100) or time(60s).
     * @param tracker Which exceptions are failures, such as typeOf(java.io.IOException).
     * @param tripper When the circuit opens, such as failureStreak(5).
     * @param cooldown How long the circuit stays open, such as fixed(60s) or exponential(10s, max=5m).
     * @param permit Which calls may probe in HALF_OPEN, such as concurrent(3) or rampUp(0.1, 1.0, 60s).
     * @param successThreshold Number of successful probes that close the circuit, at least 1.
     * @param probeTimeout Time after which a probe is given up, longer than the slowest healthy call. Zero waits for ever.
     * @param untracked What a call counts as whose exception is not tracked.
     * @param resultTracker Name of a Predicate bean that says which returned values are failures.
     * @param initialState State to start in.
     * @param measureLatency Whether calls are timed. Cannot be turned off for a tripper with a latency rule.
     * @param timeout Time after which an attempt is given up. Without it none is.
     * @param timeoutInterrupt Whether the thread of a plain call is interrupted at its timeout, or only told afterwards.
     * @param retry How failed calls are made again. Without any of its keys they are not.
     * @param bulkhead How many calls may be under way at one time. Without any of its keys there is no limit.
     * @param maxRetryAfter Longest time the circuit stays open because a failure asks for it, as with Retry-After.
     */
    public record Instance(
            @DefaultValue("true") boolean enabled,
            @Nullable String baseConfig,
            @Nullable String window,
            @Nullable String tracker,
            @Nullable String tripper,
            @Nullable String cooldown,
            @Nullable String permit,
            @Nullable Integer successThreshold,
            @Nullable Duration probeTimeout,
            @Nullable Untracked untracked,
            @Nullable String resultTracker,
            @Nullable CircuitState initialState,
            @Nullable Boolean measureLatency,
            @Nullable Duration timeout,
            @Nullable Boolean timeoutInterrupt,
            @Nullable RetrySettings retry,
            @Nullable BulkheadSettings bulkhead,
            @Nullable Duration maxRetryAfter) {

        Settings settings() {
            return new Settings(
                    window,
                    tracker,
                    tripper,
                    cooldown,
                    permit,
                    successThreshold,
                    probeTimeout,
                    untracked,
                    resultTracker,
                    initialState,
                    measureLatency,
                    timeout,
                    timeoutInterrupt,
                    retry,
                    bulkhead,
                    maxRetryAfter);
        }
    }

    /**
     * Settings of retries. What is left out has no opinion.
     *
     * @param maxAttempts Number of attempts a call has, the first included. With 1 a failed call is not made again.
     * @param initialDelay Time to wait before the second attempt.
     * @param multiplier How much longer each wait is than the one before, at least 1.
     * @param maxDelay Longest wait, unless a failure asks for a longer one.
     * @param jitter How far chance moves a wait, such as 20%.
     * @param budget Time after which no new attempt begins. Zero sets no limit.
     * @param on Which failures are retried, such as typeOf(java.io.IOException). Without it those that are tracked.
     * @param maxRetryAfter Longest wait that a failure may ask for. Zero heeds no failure.
     */
    public record RetrySettings(
            @Nullable Integer maxAttempts,
            @Nullable Duration initialDelay,
            @Nullable Double multiplier,
            @Nullable Duration maxDelay,
            @Nullable String jitter,
            @Nullable Duration budget,
            @Nullable String on,
            @Nullable Duration maxRetryAfter) {

        /**
         * Takes what was bound. In YAML, a key {@code on} without quotes is the truth value: Spring Boot then calls the
         * property {@code [true]}. Nobody could guess that from the message that there is no such property.
         */
        @ConstructorBinding
        RetrySettings(
                @Nullable Integer maxAttempts,
                @Nullable Duration initialDelay,
                @Nullable Double multiplier,
                @Nullable Duration maxDelay,
                @Nullable String jitter,
                @Nullable Duration budget,
                @Nullable String on,
                @Name("true") @Nullable String onWithoutQuotes,
                @Nullable Duration maxRetryAfter) {
            this(
                    maxAttempts,
                    initialDelay,
                    multiplier,
                    maxDelay,
                    jitter,
                    budget,
                    on != null ? on : onWithoutQuotes,
                    maxRetryAfter);
        }
    }

    /**
     * Settings of bulkheads. What is left out has no opinion.
     *
     * @param maxConcurrentCalls Number of calls that may be under way at one time.
     * @param queueCapacity Number of callers that may wait for a place. With 0 nobody waits.
     * @param queueTimeout Time after which a caller that waits is rejected.
     */
    public record BulkheadSettings(
            @Nullable Integer maxConcurrentCalls,
            @Nullable Integer queueCapacity,
            @Nullable Duration queueTimeout) {}

    /**
     * How open circuits show in the health endpoint.
     *
     * @param openStatus Health status of an open circuit, such as DOWN. Without it the status stays UP.
     */
    public record Health(@Nullable String openStatus) {}

    /**
     * What is kept for the events of the endpoint.
     *
     * @param all Whether successful and rejected calls are kept, besides failed and ignored ones.
     */
    public record Events(boolean all) {}

    /**
     * What the meters show.
     *
     * @param histogram Whether response times are a timer that can have percentiles and a histogram. Costs each call.
     */
    public record Metrics(boolean histogram) {}

    /**
     * How rejections show to web clients.
     *
     * @param problemDetails Whether a rejection becomes a problem detail with the status 503.
     */
    public record Web(@DefaultValue("true") boolean problemDetails) {}
}
