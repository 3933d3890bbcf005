package io.breaker.sample.downstream;

import java.time.Duration;

/** Lets time go by. Tests have their own, so that nothing sleeps there. */
@FunctionalInterface
interface Delay {

    void pass(Duration duration);
}
