package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.Untracked;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Every property under {@code breaker}. They stand in one class because an unknown one stops the start. Immutable.
 *
 * @param enabled Whether annotated methods are intercepted. Without it all beans stay.
 * @param defaults Settings of every circuit breaker, weaker than annotations.
 * @param configs Settings by name, to start from in the annotation's config and in an instance's base-config.
 * @param instances Settings of single circuit breakers by name, stronger than annotations.
 * @param health Contribution to the health endpoint.
 * @param events What is kept for the events of the endpoint.
 * @param web Answers to web requests.
 */
@ConfigurationProperties(prefix = "breaker", ignoreUnknownFields = false)
public record BreakerProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Settings defaults,
        @DefaultValue Map<String, Settings> configs,
        @DefaultValue Map<String, Instance> instances,
        @DefaultValue Health health,
        @DefaultValue Events events,
        @DefaultValue Web web) {

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
            @Nullable Boolean measureLatency) {

        static Settings ofAnnotation(
                @Nullable String tracker, @Nullable String tripper, @Nullable String resultTracker) {
            return new Settings(null, tracker, tripper, null, null, null, null, null, resultTracker, null, null);
        }

        static Settings ofInitialState(CircuitState initialState) {
            return new Settings(null, null, null, null, null, null, null, null, null, initialState, null);
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
            @Nullable Boolean measureLatency) {

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
                    measureLatency);
        }
    }

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
     * How rejections show to web clients.
     *
     * @param problemDetails Whether a rejection becomes a problem detail with the status 503.
     */
    public record Web(@DefaultValue("true") boolean problemDetails) {}
}
