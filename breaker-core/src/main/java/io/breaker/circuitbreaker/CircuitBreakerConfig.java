package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.cooldown.Cooldown;
import io.breaker.circuitbreaker.permit.Permit;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.circuitbreaker.tripper.TripperProfile;
import io.breaker.circuitbreaker.window.Window;
import io.breaker.expression.ExpressionException;
import io.breaker.policy.RetryAfter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The settings of a circuit breaker. Immutable; made by {@link #builder()}. */
public final class CircuitBreakerConfig {

    /** How many successes close a HALF_OPEN circuit, unless told otherwise: 3. */
    public static final int DEFAULT_SUCCESS_THRESHOLD = 3;

    /** How long a probe may be out, unless told otherwise: 60 s. */
    public static final Duration DEFAULT_PROBE_TIMEOUT = Duration.ofSeconds(60);

    /** The longest OPEN that a failure may ask for, unless told otherwise: 5 min. */
    public static final Duration DEFAULT_MAX_RETRY_AFTER = Duration.ofMinutes(5);

    private static final Logger LOGGER = System.getLogger(CircuitBreakerConfig.class.getName());

    private final Builder settings;
    private final TripperProfile profile;

    private CircuitBreakerConfig(Builder settings) {
        this.settings = settings;
        this.profile = TripperProfile.of(settings.tripper);
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
    public static CircuitBreakerConfig ofDefaults() {
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
     * Says how much of the past counts.
     *
     * @return the window, {@code count(100)} by default
     */
    public Window window() {
        return settings.window;
    }

    /**
     * Says which exceptions are failures.
     *
     * @return the tracker, {@code all} by default
     */
    public Tracker tracker() {
        return settings.tracker;
    }

    /**
     * Says when to open.
     *
     * @return the tripper
     */
    public Tripper tripper() {
        return settings.tripper;
    }

    /**
     * Says how long OPEN lasts.
     *
     * @return the cooldown, {@code fixed(60s)} by default
     */
    public Cooldown cooldown() {
        return settings.cooldown;
    }

    /**
     * Says which calls may probe in HALF_OPEN.
     *
     * @return the permit, {@code concurrent(3)} by default
     */
    public Permit permit() {
        return settings.permit;
    }

    /**
     * Says how many successes close a HALF_OPEN circuit.
     *
     * @return at least 1, 3 by default
     */
    public int successThreshold() {
        return settings.successThreshold;
    }

    /**
     * Says how long a probe may be out before HALF_OPEN gives up on it.
     *
     * @return {@link Duration#ZERO} for ever, 60 s by default
     */
    public Duration probeTimeout() {
        return settings.probeTimeout;
    }

    /**
     * Says what a call counts as whose exception the tracker does not track.
     *
     * @return IGNORE by default
     */
    public Untracked untracked() {
        return settings.untracked;
    }

    /**
     * Says which returned values are failures.
     *
     * @return true for a value, null included, that counts as a failure; empty by default, when none does
     */
    public Optional<Predicate<@Nullable Object>> resultTracker() {
        return Optional.ofNullable(settings.resultTracker);
    }

    /**
     * Says whether calls are timed.
     *
     * @return true by default
     */
    public boolean measureLatency() {
        return settings.measureLatency;
    }

    /**
     * Says in which state the breaker starts, and returns to when an override runs out.
     *
     * @return CLOSED by default
     */
    public CircuitState initialState() {
        return settings.initialState;
    }

    /**
     * Says how long an OPEN may be that a failure asks for.
     *
     * @return 5 min by default; {@link Duration#ZERO} heeds no failure
     */
    public Duration maxRetryAfter() {
        return settings.maxRetryAfter;
    }

    /**
     * Says how to find out how long a failure asks to be left alone.
     *
     * @return {@link RetryAfter#askedBy} by default
     */
    public Function<? super Throwable, Optional<Duration>> retryAfter() {
        return settings.retryAfter;
    }

    /** Gives the result tracker without an object around it, for every call that returns. */
    @Nullable
    Predicate<@Nullable Object> resultTrackerOrNull() {
        return settings.resultTracker;
    }

    /** What the tripper asks of the window, worked out once. */
    TripperProfile profile() {
        return profile;
    }

    @Override
    public String toString() {
        return "window=" + window().text() + ", tracker=" + tracker().text() + ", tripper="
                + tripper().text() + ", cooldown="
                + cooldown().text() + ", permit=" + permit().text() + ", successThreshold=" + successThreshold()
                + ", probeTimeout=" + probeTimeout() + ", untracked=" + untracked() + ", measureLatency="
                + measureLatency() + ", initialState=" + initialState() + ", maxRetryAfter=" + maxRetryAfter();
    }

    /** Collects settings. Not safe for concurrent use. */
    public static final class Builder {

        private Window window = Window.DEFAULT;
        private Tracker tracker = Tracker.all();
        private Tripper tripper = Tripper.DEFAULT;
        private Cooldown cooldown = Cooldown.DEFAULT;
        private Permit permit = Permit.DEFAULT;
        private int successThreshold = DEFAULT_SUCCESS_THRESHOLD;
        private Duration probeTimeout = DEFAULT_PROBE_TIMEOUT;
        private Untracked untracked = Untracked.IGNORE;
        private @Nullable Predicate<@Nullable Object> resultTracker;
        private boolean measureLatency = true;
        private CircuitState initialState = CircuitState.CLOSED;
        private Duration maxRetryAfter = DEFAULT_MAX_RETRY_AFTER;
        private Function<? super Throwable, Optional<Duration>> retryAfter = RetryAfter::askedBy;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.window = window;
            copy.tracker = tracker;
            copy.tripper = tripper;
            copy.cooldown = cooldown;
            copy.permit = permit;
            copy.successThreshold = successThreshold;
            copy.probeTimeout = probeTimeout;
            copy.untracked = untracked;
            copy.resultTracker = resultTracker;
            copy.measureLatency = measureLatency;
            copy.initialState = initialState;
            copy.maxRetryAfter = maxRetryAfter;
            copy.retryAfter = retryAfter;
            return copy;
        }

        /**
         * Sets how much of the past counts.
         *
         * @param window the window
         * @return this builder
         */
        public Builder window(Window window) {
            this.window = Objects.requireNonNull(window, "window");
            return this;
        }

        /**
         * Sets how much of the past counts.
         *
         * @param text such as {@code time(60s)}
         * @return this builder
         * @throws ExpressionException if the text is not a window
         */
        public Builder window(String text) {
            return window(Window.parse(text));
        }

        /**
         * Sets which exceptions are failures.
         *
         * @param tracker the tracker
         * @return this builder
         */
        public Builder tracker(Tracker tracker) {
            this.tracker = Objects.requireNonNull(tracker, "tracker");
            return this;
        }

        /**
         * Sets which exceptions are failures.
         *
         * @param text such as {@code typeOf(java.io.IOException)}
         * @return this builder
         * @throws ExpressionException if the text is not a tracker
         */
        public Builder tracker(String text) {
            return tracker(Tracker.parse(text));
        }

        /**
         * Sets when to open.
         *
         * @param tripper the tripper
         * @return this builder
         */
        public Builder tripper(Tripper tripper) {
            this.tripper = Objects.requireNonNull(tripper, "tripper");
            return this;
        }

        /**
         * Sets when to open.
         *
         * @param text such as {@code minRequests(10) & failureRate(0.5)}
         * @return this builder
         * @throws ExpressionException if the text is not a tripper
         */
        public Builder tripper(String text) {
            return tripper(Tripper.parse(text));
        }

        /**
         * Sets how long OPEN lasts.
         *
         * @param cooldown the cooldown
         * @return this builder
         */
        public Builder cooldown(Cooldown cooldown) {
            this.cooldown = Objects.requireNonNull(cooldown, "cooldown");
            return this;
        }

        /**
         * Sets how long OPEN lasts.
         *
         * @param text such as {@code exponential(10s, max=10m)}
         * @return this builder
         * @throws ExpressionException if the text is not a cooldown
         */
        public Builder cooldown(String text) {
            return cooldown(Cooldown.parse(text));
        }

        /**
         * Sets which calls may probe in HALF_OPEN.
         *
         * @param permit the permit
         * @return this builder
         */
        public Builder permit(Permit permit) {
            this.permit = Objects.requireNonNull(permit, "permit");
            return this;
        }

        /**
         * Sets which calls may probe in HALF_OPEN.
         *
         * @param text such as {@code rampUp(10%, 100%, 60s) & concurrent(50)}
         * @return this builder
         * @throws ExpressionException if the text is not a permit
         */
        public Builder permit(String text) {
            return permit(Permit.parse(text));
        }

        /**
         * Sets how many successes close a HALF_OPEN circuit.
         *
         * @param successThreshold at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder successThreshold(int successThreshold) {
            if (successThreshold < 1) {
                throw new IllegalArgumentException("successThreshold must be at least 1: " + successThreshold);
            }
            this.successThreshold = successThreshold;
            return this;
        }

        /**
         * Sets how long a probe may be out before the next call opens a HALF_OPEN circuit again. It must be longer than
         * the slowest healthy call.
         *
         * @param probeTimeout not negative; {@link Duration#ZERO} waits for ever
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder probeTimeout(Duration probeTimeout) {
            if (probeTimeout.isNegative()) {
                throw new IllegalArgumentException("probeTimeout must not be negative: " + probeTimeout);
            }
            this.probeTimeout = probeTimeout;
            return this;
        }

        /**
         * Sets what a call counts as whose exception the tracker does not track.
         *
         * @param untracked IGNORE or SUCCESS
         * @return this builder
         */
        public Builder untracked(Untracked untracked) {
            this.untracked = Objects.requireNonNull(untracked, "untracked");
            return this;
        }

        /**
         * Sets which returned values are failures.
         *
         * @param resultTracker asked for each value that a call returned, null included
         * @return this builder
         */
        public Builder resultTracker(Predicate<@Nullable Object> resultTracker) {
            this.resultTracker = Objects.requireNonNull(resultTracker, "resultTracker");
            return this;
        }

        /**
         * Sets whether calls are timed. Without it a closed circuit with a count window reads no clock, and the totals
         * have no latency.
         *
         * @param measureLatency false is refused together with a latency rule
         * @return this builder
         */
        public Builder measureLatency(boolean measureLatency) {
            this.measureLatency = measureLatency;
            return this;
        }

        /**
         * Sets in which state the breaker starts, and returns to when an override runs out.
         *
         * @param initialState CLOSED, METRICS_ONLY, DISABLED or FORCED_OPEN
         * @return this builder
         * @throws IllegalArgumentException if it is OPEN or HALF_OPEN, which are the breaker's own
         */
        public Builder initialState(CircuitState initialState) {
            if (!initialState.canBeCommanded()) {
                throw new IllegalArgumentException(
                        "initialState must be CLOSED, METRICS_ONLY, DISABLED or FORCED_OPEN: " + initialState);
            }
            this.initialState = initialState;
            return this;
        }

        /**
         * Sets how long an OPEN may be that a failure asks for. Where the failure that opens the circuit asks to be left
         * alone for longer than the cooldown says, OPEN lasts as long as it asks, but no longer than this; a cooldown
         * that is longer is not shortened by it.
         *
         * @param maxRetryAfter not negative; {@link Duration#ZERO} heeds no failure
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxRetryAfter(Duration maxRetryAfter) {
            if (maxRetryAfter.isNegative()) {
                throw new IllegalArgumentException("maxRetryAfter must not be negative: " + maxRetryAfter);
            }
            this.maxRetryAfter = maxRetryAfter;
            return this;
        }

        /**
         * Sets how to find out how long a failure asks to be left alone, where failures cannot implement
         * {@link RetryAfter}. A function that throws counts as one that finds nothing.
         *
         * @param retryAfter gives the delay that a failure asks for, or nothing; safe for concurrent use
         * @return this builder
         */
        public Builder retryAfter(Function<? super Throwable, Optional<Duration>> retryAfter) {
            this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
            return this;
        }

        /**
         * Makes the settings. Logs a warning where the tripper cannot hold in CLOSED or in HALF_OPEN.
         *
         * @return immutable settings
         * @throws IllegalArgumentException if a {@code minRequests} is above the size of the count window, so that it
         *     could never hold; or if the tripper has a latency rule and latency is not measured
         */
        public CircuitBreakerConfig build() {
            CircuitBreakerConfig config = new CircuitBreakerConfig(copy());
            requireReachable(config.profile);
            requireMeasured(config.profile);
            warnOfDeadEnds(config.profile);
            return config;
        }

        private void requireReachable(TripperProfile profile) {
            if (profile.maxMinRequests() > window.capacity()) {
                throw new IllegalArgumentException(
                        "minRequests(" + profile.maxMinRequests() + ") can never hold: the window " + window.text()
                                + " holds at most " + window.capacity() + " calls");
            }
        }

        private void requireMeasured(TripperProfile profile) {
            if (!measureLatency
                    && (profile.readsMeanLatency() || !profile.slowThresholds().isEmpty())) {
                throw new IllegalArgumentException(
                        "measureLatency must be true for a tripper with a latency rule: " + tripper.text());
            }
        }

        private void warnOfDeadEnds(TripperProfile profile) {
            if (!profile.canHold(/* halfOpen= */ false)) {
                LOGGER.log(Level.WARNING, "the tripper {0} can never hold in CLOSED: it never opens", tripper.text());
            }
            if (!profile.canHold(/* halfOpen= */ true)) {
                LOGGER.log(
                        Level.WARNING,
                        "the tripper {0} can never hold in HALF_OPEN: a service that stays down is probed for ever",
                        tripper.text());
            }
        }
    }
}
