package io.breaker.circuitbreaker;

import io.breaker.policy.CallRejectedException;
import io.breaker.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that a circuit breaker did not let a call be made.
 *
 * <p>A breaker makes one instance for each stay in a state and throws it to every caller it rejects there. What is left
 * of a waiting time is therefore computed when it is read.
 */
public final class CallNotPermittedException extends CallRejectedException {

    private static final long serialVersionUID = 1L;

    /** No end is known. */
    static final long NO_END = Long.MIN_VALUE;

    private final String circuitBreakerName;
    private final CircuitState state;
    private final long endsAt;
    // A clock cannot be sent elsewhere: a deserialized rejection knows no waiting time.
    private final transient @Nullable Ticker ticker;

    /** Makes the rejection of one stay; {@code endsAt} is in the ticker's nanoseconds, or {@link #NO_END}. */
    CallNotPermittedException(String circuitBreakerName, CircuitState state, Ticker ticker, long endsAt) {
        super(null);
        this.circuitBreakerName = circuitBreakerName;
        this.state = state;
        this.ticker = ticker;
        this.endsAt = endsAt;
    }

    /**
     * Names the breaker.
     *
     * @return the breaker's name
     */
    public String circuitBreakerName() {
        return circuitBreakerName;
    }

    /**
     * Tells which state rejected the call.
     *
     * @return OPEN, HALF_OPEN or FORCED_OPEN
     */
    public CircuitState state() {
        return state;
    }

    /**
     * Tells after what time the next call may be let through, as of now.
     *
     * @return what is left of the cooldown, never negative; empty in HALF_OPEN, in FORCED_OPEN, and in an OPEN without
     *     an end
     */
    public Optional<Duration> retryAfter() {
        return state == CircuitState.OPEN ? remaining() : Optional.empty();
    }

    /**
     * Tells after what time the override that rejects the call ends by itself, as of now.
     *
     * @return what is left, never negative; empty unless FORCED_OPEN with an end
     */
    public Optional<Duration> overrideEndsIn() {
        return state == CircuitState.FORCED_OPEN ? remaining() : Optional.empty();
    }

    private Optional<Duration> remaining() {
        return ticker == null || endsAt == NO_END
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(endsAt - ticker.nanos(), 0)));
    }

    @Override
    public String getMessage() {
        String refusal = "circuit breaker '" + circuitBreakerName + "' is " + state + " and permits no call";
        return retryAfter().map(left -> refusal + ", retry after " + left).orElse(refusal);
    }
}
