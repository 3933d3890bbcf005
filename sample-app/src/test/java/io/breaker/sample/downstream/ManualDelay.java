package io.breaker.sample.downstream;

import io.breaker.testing.ManualTime;
import java.time.Duration;

/** Lets time go by at once, on a clock that stands still otherwise. */
public final class ManualDelay implements Delay {

    private static final Runnable NOTHING = () -> {};

    private final ManualTime time;
    private volatile Runnable meanwhile = NOTHING;

    public ManualDelay(ManualTime time) {
        this.time = time;
    }

    /** Does something while a slow service keeps its caller waiting. */
    public void meanwhile(Runnable action) {
        meanwhile = action;
    }

    public void reset() {
        meanwhile = NOTHING;
    }

    @Override
    public void pass(Duration duration) {
        meanwhile.run();
        time.advance(duration);
    }
}
