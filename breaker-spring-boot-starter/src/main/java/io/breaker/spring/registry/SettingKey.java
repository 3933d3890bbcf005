package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.Untracked;
import io.breaker.circuitbreaker.cooldown.Cooldown;
import io.breaker.circuitbreaker.permit.Permit;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.expression.Durations;
import io.breaker.expression.Expression;
import io.breaker.spring.registry.BreakerProperties.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a name: how it is read from properties, put into a configuration, and shown.
 *
 * @param name its property, relative to where the settings stand
 * @param attribute the attribute of the annotation that sets it too; null for none
 * @param example what a value looks like
 * @param beanType beans of this type add their names to what a value may say; null for none
 * @param reader reads the value; null for no opinion
 * @param writer puts the value into a configuration; throws {@link IllegalArgumentException} for a wrong one
 * @param text shows what a configuration has; empty where the setting is absent
 * @param <V> the type of the value
 */
record SettingKey<V>(
        String name,
        @Nullable String attribute,
        String example,
        @Nullable Class<?> beanType,
        Function<Settings, @Nullable V> reader,
        Writer<PipelineDraft, V> writer,
        Function<PipelineConfig, Optional<String>> text) {

    static final SettingKey<String> TRACKER = ofBreaker(
            "tracker",
            "tracker",
            "a tracker such as typeOf(java.io.IOException)",
            Tracker.class,
            Settings::tracker,
            (builder, value, vocabularies) -> builder.tracker(vocabularies.tracker(value)),
            config -> text(config.tracker()));

    static final SettingKey<String> TRIPPER = ofBreaker(
            "tripper",
            "tripper",
            "a tripper such as minRequests(20) & failureRate(0.5)",
            Tripper.class,
            Settings::tripper,
            (builder, value, vocabularies) -> builder.tripper(vocabularies.tripper(value)),
            config -> text(config.tripper()));

    static final SettingKey<String> WINDOW = ofBreaker(
            "window",
            null,
            "a window such as count(100) or time(60s)",
            null,
            Settings::window,
            (builder, value, vocabularies) -> builder.window(value),
            config -> Optional.of(config.window().toString()));

    static final SettingKey<String> COOLDOWN = ofBreaker(
            "cooldown",
            null,
            "a cooldown such as fixed(60s) or exponential(10s, max=5m)",
            Cooldown.class,
            Settings::cooldown,
            (builder, value, vocabularies) -> builder.cooldown(vocabularies.cooldown(value)),
            config -> text(config.cooldown()));

    static final SettingKey<String> PERMIT = ofBreaker(
            "permit",
            null,
            "a permit such as concurrent(3) or rampUp(0.1, 1.0, 60s)",
            Permit.class,
            Settings::permit,
            (builder, value, vocabularies) -> builder.permit(vocabularies.permit(value)),
            config -> text(config.permit()));

    static final SettingKey<Integer> SUCCESS_THRESHOLD = ofBreaker(
            "success-threshold",
            null,
            "a number from 1 on",
            null,
            Settings::successThreshold,
            (builder, value, vocabularies) -> builder.successThreshold(value),
            config -> Optional.of(Integer.toString(config.successThreshold())));

    static final SettingKey<Duration> PROBE_TIMEOUT = ofBreaker(
            "probe-timeout",
            null,
            "a duration such as 60s, or 0s to wait for ever",
            null,
            Settings::probeTimeout,
            (builder, value, vocabularies) -> builder.probeTimeout(value),
            config -> Optional.of(Durations.format(config.probeTimeout())));

    static final SettingKey<Untracked> UNTRACKED = ofBreaker(
            "untracked",
            null,
            "ignore or success",
            null,
            Settings::untracked,
            (builder, value, vocabularies) -> builder.untracked(value),
            config -> Optional.of(text(config.untracked())));

    static final SettingKey<String> RESULT_TRACKER = ofBreaker(
            "result-tracker",
            "resultTracker",
            "the name of a bean of type java.util.function.Predicate",
            null,
            Settings::resultTracker,
            (builder, value, vocabularies) -> builder.resultTracker(vocabularies.resultTracker(value)),
            config -> config.resultTracker().map(ResultTracker::text));

    static final SettingKey<CircuitState> INITIAL_STATE = ofBreaker(
            "initial-state",
            null,
            "closed, metrics-only, disabled or forced-open",
            null,
            Settings::initialState,
            (builder, value, vocabularies) -> builder.initialState(value),
            config -> Optional.of(text(config.initialState())));

    static final SettingKey<Boolean> MEASURE_LATENCY = ofBreaker(
            "measure-latency",
            null,
            "true or false",
            null,
            Settings::measureLatency,
            (builder, value, vocabularies) -> builder.measureLatency(value),
            config -> Optional.of(Boolean.toString(config.measureLatency())));

    static final SettingKey<Duration> MAX_RETRY_AFTER = ofBreaker(
            "max-retry-after",
            null,
            "a duration such as 5m, or 0s to heed no failure",
            null,
            Settings::maxRetryAfter,
            (builder, value, vocabularies) -> builder.maxRetryAfter(value),
            config -> Optional.of(Durations.format(config.maxRetryAfter())));

    /** The settings of the breaker itself, in the order in which they are shown. */
    static final List<SettingKey<?>> OF_BREAKER = List.of(
            WINDOW,
            TRACKER,
            TRIPPER,
            COOLDOWN,
            PERMIT,
            SUCCESS_THRESHOLD,
            PROBE_TIMEOUT,
            UNTRACKED,
            RESULT_TRACKER,
            INITIAL_STATE,
            MEASURE_LATENCY,
            MAX_RETRY_AFTER);

    /** Puts a value into a configuration. */
    interface Writer<B, V> {

        void write(B builder, V value, Vocabularies vocabularies);
    }

    private static <V> SettingKey<V> ofBreaker(
            String name,
            @Nullable String attribute,
            String example,
            @Nullable Class<?> beanType,
            Function<Settings, @Nullable V> reader,
            Writer<CircuitBreakerConfig.Builder, V> writer,
            Function<CircuitBreakerConfig, Optional<String>> text) {
        return new SettingKey<>(
                name,
                attribute,
                example,
                beanType,
                reader,
                (draft, value, vocabularies) -> writer.write(draft.breaker(), value, vocabularies),
                config -> text.apply(config.breaker()));
    }

    /** The record's own would hash all components each time a setting is looked up. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    boolean isIn(Settings settings) {
        return reader.apply(settings) != null;
    }

    /**
     * Puts the value into a configuration, if there is one.
     *
     * @throws IllegalArgumentException if the value is wrong
     */
    void write(Settings settings, PipelineDraft draft, Vocabularies vocabularies) {
        V value = reader.apply(settings);
        if (value != null) {
            writer.write(draft, value, vocabularies);
        }
    }

    private static Optional<String> text(Expression expression) {
        return Optional.of(expression.text());
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
