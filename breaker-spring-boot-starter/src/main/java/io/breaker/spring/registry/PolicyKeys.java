package io.breaker.spring.registry;

import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.expression.Decimals;
import io.breaker.expression.Durations;
import io.breaker.retry.RetryConfig;
import io.breaker.spring.registry.BreakerProperties.BulkheadSettings;
import io.breaker.spring.registry.BreakerProperties.RetrySettings;
import io.breaker.spring.registry.BreakerProperties.Settings;
import io.breaker.spring.registry.SettingKey.Writer;
import io.breaker.time.Backoff;
import io.breaker.timeout.TimeoutConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of the policies that stand beside a breaker. They are shown where there is such a policy. */
final class PolicyKeys {

    static final SettingKey<Duration> TIMEOUT = key(
            "timeout",
            "a duration such as 2s",
            Settings::timeout,
            (draft, value, vocabularies) -> draft.timeout(TimeoutConfig.of(value)),
            config -> timeout(config).map(timeout -> Durations.format(timeout.limit())));

    static final SettingKey<Boolean> TIMEOUT_INTERRUPT = key(
            "timeout-interrupt",
            "true or false",
            Settings::timeoutInterrupt,
            (draft, value, vocabularies) -> draft.interrupt(value),
            config -> timeout(config).map(timeout -> Boolean.toString(timeout.interrupt())));

    static final SettingKey<Integer> MAX_ATTEMPTS = ofRetry(
            "max-attempts",
            "a number from 1 on",
            RetrySettings::maxAttempts,
            (draft, value, vocabularies) -> draft.retry().maxAttempts(value),
            retry -> Integer.toString(retry.maxAttempts()));

    static final SettingKey<Duration> INITIAL_DELAY = ofRetry(
            "initial-delay",
            "a duration such as 100ms",
            RetrySettings::initialDelay,
            (draft, value, vocabularies) ->
                    draft.backoff(backoff -> new Backoff(value, backoff.multiplier(), backoff.max(), backoff.jitter())),
            retry -> Durations.format(retry.backoff().initial()));

    static final SettingKey<Double> MULTIPLIER = ofRetry(
            "multiplier",
            "a number from 1 on, such as 2",
            RetrySettings::multiplier,
            (draft, value, vocabularies) ->
                    draft.backoff(backoff -> new Backoff(backoff.initial(), value, backoff.max(), backoff.jitter())),
            retry -> Decimals.format(retry.backoff().multiplier()));

    static final SettingKey<Duration> MAX_DELAY = ofRetry(
            "max-delay",
            "a duration such as 3s",
            RetrySettings::maxDelay,
            (draft, value, vocabularies) -> draft.backoff(
                    backoff -> new Backoff(backoff.initial(), backoff.multiplier(), value, backoff.jitter())),
            retry -> Durations.format(retry.backoff().max()));

    static final SettingKey<String> JITTER = ofRetry(
            "jitter",
            "a ratio from 0 to below 1, such as 20%",
            RetrySettings::jitter,
            (draft, value, vocabularies) -> draft.backoff(backoff -> new Backoff(
                    backoff.initial(), backoff.multiplier(), backoff.max(), Decimals.parseRatio(value.strip()))),
            retry -> Decimals.formatRatio(retry.backoff().jitter()));

    static final SettingKey<Duration> BUDGET = ofRetry(
            "budget",
            "a duration such as 10s, or 0s for no limit",
            RetrySettings::budget,
            (draft, value, vocabularies) -> draft.retry().budget(value),
            retry -> Durations.format(retry.budget()));

    static final SettingKey<String> ON = new SettingKey<>(
            "retry.on",
            null,
            "a tracker such as typeOf(java.io.IOException)",
            Tracker.class,
            settings -> settings.retry() == null ? null : settings.retry().on(),
            (draft, value, vocabularies) -> draft.retry().on(vocabularies.tracker(value)),
            config -> retry(config).flatMap(RetryConfig::on).map(Tracker::text));

    static final SettingKey<Duration> MAX_RETRY_AFTER = ofRetry(
            "max-retry-after",
            "a duration such as 5m, or 0s to heed no failure",
            RetrySettings::maxRetryAfter,
            (draft, value, vocabularies) -> draft.retry().maxRetryAfter(value),
            retry -> Durations.format(retry.maxRetryAfter()));

    static final SettingKey<Integer> MAX_CONCURRENT_CALLS = ofBulkhead(
            "max-concurrent-calls",
            "a number from 1 on",
            BulkheadSettings::maxConcurrentCalls,
            (draft, value, vocabularies) -> draft.bulkhead(bulkhead -> bulkhead.maxConcurrentCalls(value)),
            bulkhead -> Integer.toString(bulkhead.maxConcurrentCalls()));

    static final SettingKey<Integer> QUEUE_CAPACITY = ofBulkhead(
            "queue-capacity",
            "a number from 0 on",
            BulkheadSettings::queueCapacity,
            (draft, value, vocabularies) -> draft.bulkhead(bulkhead -> bulkhead.queueCapacity(value)),
            bulkhead -> Integer.toString(bulkhead.queueCapacity()));

    static final SettingKey<Duration> QUEUE_TIMEOUT = ofBulkhead(
            "queue-timeout",
            "a duration such as 500ms",
            BulkheadSettings::queueTimeout,
            (draft, value, vocabularies) -> draft.bulkhead(bulkhead -> bulkhead.queueTimeout(value)),
            bulkhead -> Durations.format(bulkhead.queueTimeout()));

    /** In the order in which they are shown. */
    static final List<SettingKey<?>> ALL = List.of(
            TIMEOUT,
            TIMEOUT_INTERRUPT,
            MAX_ATTEMPTS,
            INITIAL_DELAY,
            MULTIPLIER,
            MAX_DELAY,
            JITTER,
            BUDGET,
            ON,
            MAX_RETRY_AFTER,
            MAX_CONCURRENT_CALLS,
            QUEUE_CAPACITY,
            QUEUE_TIMEOUT);

    private PolicyKeys() {}

    private static <V> SettingKey<V> key(
            String name,
            String example,
            Function<Settings, @Nullable V> reader,
            Writer<PipelineDraft, V> writer,
            Function<PipelineConfig, Optional<String>> text) {
        return new SettingKey<>(name, null, example, null, reader, writer, text);
    }

    private static <V> SettingKey<V> ofRetry(
            String name,
            String example,
            Function<RetrySettings, @Nullable V> reader,
            Writer<PipelineDraft, V> writer,
            Function<RetryConfig, String> text) {
        return key(
                "retry." + name,
                example,
                settings -> settings.retry() == null ? null : reader.apply(settings.retry()),
                writer,
                config -> retry(config).map(text));
    }

    private static <V> SettingKey<V> ofBulkhead(
            String name,
            String example,
            Function<BulkheadSettings, @Nullable V> reader,
            Writer<PipelineDraft, V> writer,
            Function<BulkheadConfig, String> text) {
        return key(
                "bulkhead." + name,
                example,
                settings -> settings.bulkhead() == null ? null : reader.apply(settings.bulkhead()),
                writer,
                config -> Optional.ofNullable(config.bulkhead()).map(text));
    }

    private static Optional<RetryConfig> retry(PipelineConfig config) {
        return Optional.ofNullable(config.retry());
    }

    private static Optional<TimeoutConfig> timeout(PipelineConfig config) {
        return Optional.ofNullable(config.timeout());
    }
}
