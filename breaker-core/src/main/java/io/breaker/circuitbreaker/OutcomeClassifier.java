package io.breaker.circuitbreaker;

import io.breaker.policy.CallRejectedException;
import io.breaker.policy.CertainFailure;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says what a call counts as. Never throws, whatever the user's tracker does. */
final class OutcomeClassifier {

    /** What a call counts as. */
    enum Outcome {
        SUCCESS,
        FAILURE,
        IGNORED
    }

    private OutcomeClassifier() {}

    static Outcome ofReturned(@Nullable Object value, CircuitBreakerConfig config, Defects defects) {
        Predicate<@Nullable Object> resultTracker = config.resultTrackerOrNull();
        if (resultTracker == null) {
            return Outcome.SUCCESS;
        }
        try {
            return resultTracker.test(value) ? Outcome.FAILURE : Outcome.SUCCESS;
        } catch (Throwable thrown) {
            defects.log("result tracker", "custom", "the call counts as a failure", thrown);
            return Outcome.FAILURE;
        }
    }

    static Outcome ofThrown(Throwable thrown, CircuitBreakerConfig config, Defects defects) {
        // Another policy refused the call inside: that says nothing about the service.
        if (thrown instanceof CallRejectedException) {
            return Outcome.IGNORED;
        }
        try {
            // In this order: who asks the type of each exception first makes every failure dearer.
            if (config.tracker().tracks(thrown) || thrown instanceof CertainFailure) {
                return Outcome.FAILURE;
            }
        } catch (Throwable defect) {
            defects.log("tracker", config.tracker(), "the call counts as a failure", defect);
            return Outcome.FAILURE;
        }
        return config.untracked() == Untracked.SUCCESS ? Outcome.SUCCESS : Outcome.IGNORED;
    }
}
