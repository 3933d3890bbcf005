package io.breaker.retry;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.policy.CallRejectedException;
import io.breaker.policy.Causes;
import io.breaker.policy.CertainFailure;
import io.breaker.policy.Releasable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says which failures are retried and after what wait. Never throws, whatever the user's own rules do. */
final class RetryRules {

    private static final Logger LOGGER = System.getLogger(Retry.class.getName());

    final RetryConfig config;
    private final String name;
    private final Tracker tracker;

    /** Turned to true by the first who logs: a defect on the call path would otherwise fill the log. */
    private final AtomicBoolean trackerLogged = new AtomicBoolean();

    /** Likewise. */
    private final AtomicBoolean retryAfterLogged = new AtomicBoolean();

    /** Likewise. */
    private final AtomicBoolean releaseLogged = new AtomicBoolean();

    RetryRules(String name, RetryConfig config, Tracker defaultTracker) {
        this.name = name;
        this.config = config;
        this.tracker = config.on().orElse(defaultTracker);
    }

    /** Whether the failure is one to retry at all. A tracker that throws says no: what is unclear is not done twice. */
    boolean retries(Throwable failure) {
        Throwable cause = Causes.unwrap(failure);
        if (cause instanceof Error
                || cause instanceof CallRejectedException
                || cause instanceof InterruptedException
                || cause instanceof CancellationException) {
            return false;
        }
        try {
            return tracker.tracks(failure) || (config.on().isEmpty() && cause instanceof CertainFailure);
        } catch (Throwable defect) {
            logOnce(trackerLogged, "tracker threw; the call is not retried", defect);
            return false;
        }
    }

    /** The wait before the attempt that follows {@code attempts} others. */
    Duration delay(int attempts, Throwable failure) {
        Duration backoff = config.backoff().delay(attempts - 1, ThreadLocalRandom.current());
        Duration asked = askedBy(failure).orElse(Duration.ZERO);
        Duration heeded = asked.compareTo(config.maxRetryAfter()) > 0 ? config.maxRetryAfter() : asked;
        return heeded.compareTo(backoff) > 0 ? heeded : backoff;
    }

    private Optional<Duration> askedBy(Throwable failure) {
        try {
            return config.retryAfter().apply(failure);
        } catch (Throwable defect) {
            logOnce(retryAfterLogged, "retryAfter function threw; only the backoff counts", defect);
            return Optional.empty();
        }
    }

    /** Lets a failure that another attempt follows let go of what it holds: the wait may be long. */
    void release(Throwable failure) {
        if (Causes.unwrap(failure) instanceof Releasable holding) {
            try {
                holding.release();
            } catch (Throwable defect) {
                logOnce(releaseLogged, "failure could not be released", defect);
            }
        }
    }

    void notScheduled(Throwable refused) {
        LOGGER.log(Level.WARNING, () -> "retry '" + name + "' could not wait; the call fails", refused);
    }

    private void logOnce(AtomicBoolean logged, String defect, Throwable thrown) {
        if (logged.compareAndSet(false, true)) {
            LOGGER.log(Level.ERROR, () -> "retry '" + name + "': the " + defect + " (logged once)", thrown);
        }
    }
}
