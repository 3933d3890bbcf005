package io.breaker.retry;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.expression.ExpressionException;
import io.breaker.policy.RetryAfter;
import io.breaker.time.Backoff;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of a retry. Immutable; made by {@link #builder()}. */
public final class RetryConfig {

    /** How many attempts a call has, unless told otherwise: 3. */
    public static final int DEFAULT_MAX_ATTEMPTS = 3;

    /** How long to wait between attempts, unless told otherwise: 100 ms, twice as long each time up to 3 s, ±20%. */
    public static final Backoff DEFAULT_BACKOFF =
            new Backoff(Duration.ofMillis(100), /* multiplier= */ 2, Duration.ofSeconds(3), /* jitter= */ 0.2);

    /** The longest wait that a failure may ask for, unless told otherwise: 5 min. */
    public static final Duration DEFAULT_MAX_RETRY_AFTER = Duration.ofMinutes(5);

    private final Builder settings;

    private RetryConfig(Builder settings) {
        this.settings = settings;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Gives the defaults.
     *
     * @return settings in which nothing was changed
     */
    public static RetryConfig ofDefaults() {
        return builder().build();
    }

    /**
     * Starts from these settings.
     *
     * @return a new builder that changes nothing here
     */
    public Builder toBuilder() {
        return settings.copy();
    }

    /**
     * Says how many attempts a call has, the first included.
     *
     * @return at least 1, 3 by default; 1 never retries
     */
    public int maxAttempts() {
        return settings.maxAttempts;
    }

    /**
     * Says how long to wait before each attempt but the first.
     *
     * @return 100 ms, twice as long each time up to 3 s, with a jitter of 0.2, by default
     */
    public Backoff backoff() {
        return settings.backoff;
    }

    /**
     * Says which failures are retried. Rejections, errors, interruptions and cancellations never are.
     *
     * @return empty by default: a retry alone then retries every exception, in a pipeline what the breaker tracks
     */
    public Optional<Tracker> on() {
        return Optional.ofNullable(settings.on);
    }

    /**
     * Says after which time no new attempt begins, counted from the beginning of the first one.
     *
     * @return {@link Duration#ZERO}, the default, for no such limit
     */
    public Duration budget() {
        return settings.budget;
    }

    /**
     * Says how long a wait may be that a failure asks for.
     *
     * @return 5 min by default; {@link Duration#ZERO} heeds no failure
     */
    public Duration maxRetryAfter() {
        return settings.maxRetryAfter;
    }

    /**
     * Says how to find out what wait a failure asks for.
     *
     * @return {@link RetryAfter#askedBy} by default
     */
    public Function<? super Throwable, Optional<Duration>> retryAfter() {
        return settings.retryAfter;
    }

    /**
     * Says where an asynchronous call's attempts run after the wait for them.
     *
     * @return the thread of the scheduler by default
     */
    public Executor executor() {
        return settings.executor;
    }

    @Override
    public String toString() {
        return "maxAttempts=" + maxAttempts() + ", backoff=" + backoff() + ", on="
                + on().map(Tracker::text).orElse("default") + ", budget=" + budget() + ", maxRetryAfter="
                + maxRetryAfter();
    }

    /** Collects settings. Not safe for concurrent use. */
    public static final class Builder {

        private int maxAttempts = DEFAULT_MAX_ATTEMPTS;
        private Backoff backoff = DEFAULT_BACKOFF;
        private @Nullable Tracker on;
        private Duration budget = Duration.ZERO;
        private Duration maxRetryAfter = DEFAULT_MAX_RETRY_AFTER;
        private Function<? super Throwable, Optional<Duration>> retryAfter = RetryAfter::askedBy;
        private Executor executor = Runnable::run;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.maxAttempts = maxAttempts;
            copy.backoff = backoff;
            copy.on = on;
            copy.budget = budget;
            copy.maxRetryAfter = maxRetryAfter;
            copy.retryAfter = retryAfter;
            copy.executor = executor;
            return copy;
        }

        /**
         * Sets how many attempts a call has: the first and the retries. With 4, a call is made at least once and at most
         * 4 times.
         *
         * @param maxAttempts at least 1; 1 never retries
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxAttempts(int maxAttempts) {
            if (maxAttempts < 1) {
                throw new IllegalArgumentException("maxAttempts must be at least 1: " + maxAttempts);
            }
            this.maxAttempts = maxAttempts;
            return this;
        }

        /**
         * Sets how long to wait before each attempt but the first.
         *
         * @param backoff its delay 0 comes before the second attempt
         * @return this builder
         */
        public Builder backoff(Backoff backoff) {
            this.backoff = Objects.requireNonNull(backoff, "backoff");
            return this;
        }

        /**
         * Sets which failures are retried. Rejections, errors, interruptions and cancellations are not, whatever it says;
         * nor is a failure on which it throws.
         *
         * @param on the tracker
         * @return this builder
         */
        public Builder on(Tracker on) {
            this.on = Objects.requireNonNull(on, "on");
            return this;
        }

        /**
         * Sets which failures are retried.
         *
         * @param text such as {@code typeOf(java.io.IOException)}
         * @return this builder
         * @throws ExpressionException if the text is not a tracker
         */
        public Builder on(String text) {
            return on(Tracker.parse(text));
        }

        /**
         * Sets after which time no new attempt begins, counted from the beginning of the first one. An attempt under way
         * is not cut off by it.
         *
         * @param budget not negative; {@link Duration#ZERO} sets no limit
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder budget(Duration budget) {
            this.budget = notNegative("budget", budget);
            return this;
        }

        /**
         * Sets how long a wait may be that a failure asks for. Who asks for more waits this long; a backoff that is
         * longer is not shortened by it.
         *
         * @param maxRetryAfter not negative; {@link Duration#ZERO} heeds no failure
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxRetryAfter(Duration maxRetryAfter) {
            this.maxRetryAfter = notNegative("maxRetryAfter", maxRetryAfter);
            return this;
        }

        /**
         * Sets how to find out what wait a failure asks for, where failures cannot implement {@link RetryAfter}. A
         * function that throws counts as one that finds nothing.
         *
         * @param retryAfter gives the delay that a failure asks for, or nothing; safe for concurrent use
         * @return this builder
         */
        public Builder retryAfter(Function<? super Throwable, Optional<Duration>> retryAfter) {
            this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
            return this;
        }

        /**
         * Sets where an asynchronous call's attempts run after the wait for them. Needed where the code that starts the
         * call blocks: on the thread of the scheduler it would hold up every other timer.
         *
         * @param executor runs the supplier of every attempt but the first
         * @return this builder
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Makes the settings.
         *
         * @return immutable settings
         */
        public RetryConfig build() {
            return new RetryConfig(copy());
        }

        private static Duration notNegative(String name, Duration duration) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException(name + " must not be negative: " + duration);
            }
            return duration;
        }
    }
}
