package io.breaker.retry;

import io.breaker.policy.Causes;
import io.breaker.retry.RetryEvent.Reason;
import io.breaker.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through its attempts: how many there were, and how they failed. Not safe for concurrent use: attempts
 * come one after another.
 */
final class RetriedCall {

    /** How many earlier failures a call remembers: the first ones tell most. */
    private static final int MAX_EARLIER = 8;

    private final RetryRules rules;
    private final RetryJournal journal;
    private final Ticker ticker;
    private final long start;
    private final List<Throwable> earlier = new ArrayList<>(2);
    private int attempts = 1;

    RetriedCall(RetryRules rules, RetryJournal journal, Ticker ticker, long start) {
        this.rules = rules;
        this.journal = journal;
        this.ticker = ticker;
        this.start = start;
    }

    /** How long to wait before the next attempt; null where there is none, which is then told. */
    @Nullable
    Duration delayAfter(Throwable failure) {
        if (!rules.retries(failure)) {
            giveUp(Reason.NOT_RETRYABLE, failure);
            return null;
        }
        if (attempts >= rules.config.maxAttempts()) {
            giveUp(Reason.ATTEMPTS_USED_UP, failure);
            return null;
        }
        Duration delay = rules.delay(attempts, failure);
        if (!inBudget(delay, failure)) {
            return null;
        }
        rules.release(failure);
        return delay;
    }

    /** Tells whether the wait for the next attempt was within the budget; where it was not, that is then told. */
    boolean mayRetry(Throwable failure) {
        return inBudget(Duration.ZERO, failure);
    }

    /** Counts the next attempt, which is about to begin. */
    void retried(Duration delay, Throwable failure) {
        if (earlier.size() < MAX_EARLIER) {
            earlier.add(failure);
        }
        attempts++;
        journal.retried(attempts, delay, failure);
    }

    void succeeded() {
        if (attempts > 1) {
            journal.succeededAfterRetry(attempts);
        }
    }

    /**
     * Ends the call with its last failure, which then carries the earlier ones. Not where it carries something already: it
     * may be one that is thrown again and again, to many callers.
     */
    void giveUp(Reason reason, Throwable last) {
        boolean thrownBefore = earlier.stream().anyMatch(failure -> failure == last);
        if (!thrownBefore && last.getSuppressed().length == 0) {
            earlier.forEach(failure -> Causes.suppress(last, failure));
        }
        journal.gaveUp(attempts, reason, last);
    }

    /** Ends a call whose next attempt the scheduler or the executor did not take. */
    void notScheduled(Throwable refused, Throwable last) {
        rules.notScheduled(refused);
        giveUp(Reason.NOT_SCHEDULED, last);
    }

    private boolean inBudget(Duration delay, Throwable failure) {
        Duration budget = rules.config.budget();
        if (budget.isZero()) {
            return true;
        }
        Duration left = budget.minusNanos(ticker.nanos() - start);
        if (delay.compareTo(left) > 0) {
            giveUp(Reason.BUDGET_USED_UP, failure);
            return false;
        }
        return true;
    }
}
