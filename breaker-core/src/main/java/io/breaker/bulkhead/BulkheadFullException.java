package io.breaker.bulkhead;

import io.breaker.expression.Durations;
import io.breaker.policy.CallRejectedException;

/**
 * Says that a bulkhead had no slot for a call, and that the call was not made.
 *
 * <p>A bulkhead makes one instance for each reason and throws it to every caller it rejects.
 */
public final class BulkheadFullException extends CallRejectedException {

    private static final long serialVersionUID = 1L;

    private final String bulkheadName;
    private final Reason reason;
    private final int maxConcurrentCalls;

    BulkheadFullException(String bulkheadName, Reason reason, BulkheadConfig config) {
        super("bulkhead '" + bulkheadName + "' is full with " + count(config.maxConcurrentCalls(), "call") + ": "
                + explain(reason, config));
        this.bulkheadName = bulkheadName;
        this.reason = reason;
        this.maxConcurrentCalls = config.maxConcurrentCalls();
    }

    /** Why a call got no slot. */
    public enum Reason {
        /** Nobody may wait, or as many wait already as may. */
        FULL,
        /** The caller waited, and no slot came free within the queue timeout. */
        TIMED_OUT,
        /** The caller waited and was interrupted; its interrupt flag is up. */
        INTERRUPTED
    }

    /**
     * Names the bulkhead.
     *
     * @return the bulkhead's name
     */
    public String bulkheadName() {
        return bulkheadName;
    }

    /**
     * Tells why the call got no slot.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Tells how many calls may be under way at one time.
     *
     * @return the limit that was reached
     */
    public int maxConcurrentCalls() {
        return maxConcurrentCalls;
    }

    private static String explain(Reason reason, BulkheadConfig config) {
        if (reason == Reason.TIMED_OUT) {
            return "no slot came free within " + Durations.format(config.queueTimeout());
        }
        if (reason == Reason.INTERRUPTED) {
            return "interrupted while waiting for a slot";
        }
        return config.queueCapacity() == 0
                ? "nobody may wait"
                : "so is its queue with " + count(config.queueCapacity(), "caller");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
