package io.breaker.spring.actuate.endpoint;

import io.breaker.circuitbreaker.CircuitSnapshot;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.window.CallStats;
import java.time.Duration;
import java.util.Optional;

/** Sums up in one number how a breaker is: 70 points for calls that succeed, 30 for calls that are fast. */
final class HealthScore {

    private static final int WORST = 0;
    private static final int BEST = 100;
    private static final double POINTS_FOR_SUCCESS = 70;
    private static final double POINTS_FOR_SPEED = 30;

    /** Calls that take this long, in seconds, get no points for speed. */
    private static final double SLOW = 5;

    private HealthScore() {}

    /** Gives 0, worst, to 100, rounded to the nearest whole number. */
    static int of(CircuitSnapshot snapshot) {
        if (snapshot.state() == CircuitState.OPEN || snapshot.state() == CircuitState.FORCED_OPEN) {
            return WORST;
        }
        CallStats stats = snapshot.stats();
        if (stats.total() == 0) {
            return BEST;
        }
        double successRate = 1 - stats.failureRate().orElseThrow();
        return (int) Math.round(successRate * POINTS_FOR_SUCCESS + pointsForSpeed(snapshot));
    }

    /** Asks the window for the mean latency, where a rule makes it know, else the whole life of the breaker. */
    private static double pointsForSpeed(CircuitSnapshot snapshot) {
        Optional<Duration> mean =
                snapshot.stats().meanLatency().or(() -> snapshot.totals().meanLatency());
        return mean.map(latency -> (SLOW - seconds(latency)) * POINTS_FOR_SPEED / SLOW)
                .map(points -> Math.min(Math.max(points, 0), POINTS_FOR_SPEED))
                .orElse(POINTS_FOR_SPEED);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
