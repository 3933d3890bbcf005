package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.CircuitBreakerEvent.WouldOpen;
import io.breaker.circuitbreaker.tripper.TripContext;
import io.breaker.circuitbreaker.window.WindowCounter.Change;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** METRICS_ONLY: lets every call in and records it as CLOSED does, but never opens and tells when it would have. */
final class MetricsOnlyPhase extends RecordingPhase {

    /*
     * Invariants
     *
     * - `judgements` numbers the outcomes in the order in which they came to be judged, each after it was recorded. The
     *   judgement with the highest number therefore saw every outcome.
     * - `verdict` holds the number of a judgement and, in its lowest bit, whether the tripper held. It changes to a
     *   higher number only, so at rest it is the verdict on all outcomes; who turns the bit to 1 tells the event.
     */
    private final AtomicLong judgements = new AtomicLong();
    private final AtomicLong verdict = new AtomicLong();

    MetricsOnlyPhase(StateMachine machine, CircuitBreakerConfig config, Stay stay) {
        super(machine, config, stay, needsClock(config), /* judgesAll= */ true);
    }

    @Override
    CircuitState state() {
        return CircuitState.METRICS_ONLY;
    }

    @Override
    @Nullable
    Phase admit() {
        return endsNow() ? null : this;
    }

    @Override
    void judge(Change change, long now) {
        if (sameAnswer(change)) {
            return;
        }
        long number = judgements.incrementAndGet();
        TripContext figures = whereTripperHolds(now);
        long mine = number << 1 | (figures == null ? 0 : 1);
        while (true) {
            long found = verdict.get();
            if (found >> 1 > number) {
                return;
            }
            if (verdict.compareAndSet(found, mine)) {
                if (figures != null && (found & 1) == 0) {
                    tellWouldOpen(figures);
                }
                return;
            }
        }
    }

    private void tellWouldOpen(TripContext figures) {
        machine.countWouldOpen();
        if (!machine.events().wouldOpen.isEmpty()) {
            machine.events().wouldOpen.publish(new WouldOpen(machine.name, machine.ticker.instant(), reason(figures)));
        }
    }

    @Override
    boolean wouldOpen() {
        return (verdict.get() & 1) == 1;
    }

    @Override
    Phase reconfigured(CircuitBreakerConfig newConfig) {
        return new MetricsOnlyPhase(machine, newConfig, stay);
    }
}
