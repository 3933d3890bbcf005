package io.breaker.circuitbreaker.window;

import io.breaker.expression.Durations;
import io.breaker.expression.Parameter;
import java.time.Duration;

/** The calls of the last {@code duration}. */
record TimeWindow(Duration duration) implements Window {

    static final Duration MIN_DURATION = Duration.ofMillis(10);

    private static final Parameter DURATION = Parameter.only("time", "duration");

    TimeWindow {
        DURATION.check(duration.compareTo(MIN_DURATION) >= 0, "must be at least 10ms", Durations.format(duration));
    }

    @Override
    public WindowCounter newCounter(WindowRules rules, long now, CallTally tally) {
        return new SliceCounter(SlowThresholds.nanosOf(duration), rules, now, tally);
    }

    @Override
    public long capacity() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean readsClock() {
        return true;
    }

    @Override
    public String text() {
        return "time(" + Durations.format(duration) + ")";
    }

    @Override
    public String toString() {
        return text();
    }
}
