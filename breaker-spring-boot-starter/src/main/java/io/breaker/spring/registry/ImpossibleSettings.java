package io.breaker.spring.registry;

import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.circuitbreaker.tripper.TripperProfile;
import io.breaker.circuitbreaker.tripper.TripperReach;
import io.breaker.expression.Durations;
import io.breaker.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * Refuses settings that are each right, but that no call can ever make any use of together. Whatever may still work in
 * some application is left to {@link DoubtfulSettings}.
 *
 * <ul>
 *   <li>A tripper that can never hold in HALF_OPEN would probe a dead service for ever.
 *   <li>A tripper that can never hold in CLOSED never opens. Who wants that has {@code initial-state} and
 *       {@code enabled}, which say so.
 *   <li>Rules that exclude each other can never hold together, on whatever figures.
 *   <li>A {@code failureCount} above the count window, as core refuses a {@code minRequests}: no window has as many.
 *   <li>A retry budget that is over before the shortest first delay: no call would ever be made again.
 * </ul>
 */
record ImpossibleSettings(String name, Blueprint blueprint, DecidingLayers deciding) {

    /**
     * Looks at everything that was merged.
     *
     * @throws BreakerConfigurationException for the first that is impossible
     */
    void refuse() {
        requireHolding();
        requireRoom();
        requireSecondAttempt();
    }

    private void requireHolding() {
        Tripper tripper = blueprint.config().tripper();
        TripperProfile profile = TripperProfile.of(tripper);
        if (!profile.canHoldHalfOpen()) {
            throw fault(
                    "the tripper can never hold in HALF_OPEN, where a service that stays down would be probed for ever: "
                            + tripper.text() + deciding.places(SettingKey.TRIPPER),
                    "Add a rule for HALF_OPEN: (" + tripper.text() + ") | (halfOpened & failureRate(0.5))");
        }
        if (!profile.canHoldClosed()) {
            throw fault(
                    "the tripper can never hold in CLOSED, so the circuit would never open: " + tripper.text()
                            + deciding.places(SettingKey.TRIPPER),
                    "Add a rule for CLOSED: (" + tripper.text() + ") | (closed & failureRate(0.5))");
        }
        requireNoContradiction(tripper, /* halfOpen= */ false, "CLOSED, so the circuit would never open");
        requireNoContradiction(
                tripper, /* halfOpen= */ true, "HALF_OPEN, where a service that stays down would be probed for ever");
    }

    private void requireNoContradiction(Tripper tripper, boolean halfOpen, String where) {
        if (!new TripperReach(tripper).canHold(halfOpen)) {
            throw fault(
                    "rules of the tripper exclude each other: it can never hold in " + where + ": " + tripper.text()
                            + deciding.places(SettingKey.TRIPPER),
                    "Take out one of the rules that exclude each other.");
        }
    }

    private void requireRoom() {
        long capacity = blueprint.config().window().capacity();
        Optional<Tripper> unreachable = new TripperReach(blueprint.config().tripper()).failureCountAbove(capacity);
        if (unreachable.isPresent()) {
            throw fault(
                    unreachable.get().text() + " can never hold: the window "
                            + blueprint.config().window() + " holds at most " + capacity + " calls"
                            + deciding.places(SettingKey.WINDOW, SettingKey.TRIPPER),
                    "Change one of the settings so that they fit together.");
        }
    }

    private void requireSecondAttempt() {
        RetryConfig retry = blueprint.pipeline().retry();
        if (retry == null || retry.maxAttempts() == 1 || retry.budget().isZero()) {
            return;
        }
        Duration shortest = FirstDelay.shortest(retry);
        if (shortest.compareTo(retry.budget()) > 0) {
            throw fault(
                    "no failed call would be made again: the budget is over after " + Durations.format(retry.budget())
                            + ", and the first delay takes " + Durations.format(shortest) + " or longer"
                            + deciding.places(
                                    PolicyKeys.BUDGET,
                                    PolicyKeys.INITIAL_DELAY,
                                    PolicyKeys.MAX_DELAY,
                                    PolicyKeys.JITTER),
                    "Make the budget longer, or the first delay shorter.");
        }
    }

    private BreakerConfigurationException fault(String problem, String action) {
        return BreakerConfigurationException.of("Circuit breaker '" + name + "'", problem, action);
    }
}
