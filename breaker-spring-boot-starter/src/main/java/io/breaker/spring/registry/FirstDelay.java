package io.breaker.spring.registry;

import io.breaker.retry.RetryConfig;
import io.breaker.time.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The wait before the second attempt of a call, which chance makes shorter or longer. */
final class FirstDelay {

    private static final double LONGEST_DRAW = Math.nextDown(1.0);

    private FirstDelay() {}

    static Duration shortest(RetryConfig retry) {
        return of(retry.backoff(), 0.0);
    }

    static Duration longest(RetryConfig retry) {
        return of(retry.backoff(), LONGEST_DRAW);
    }

    private static Duration of(Backoff backoff, double draw) {
        return backoff.delay(0, new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return draw;
            }
        });
    }
}
