package io.breaker.circuitbreaker.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.testing.Threads;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;

class WindowConcurrencyTests {

    private static final int THREADS = 8;
    private static final Duration SLOW = Duration.ofMillis(1);

    @RepeatedTest(20)
    void aCountWindowIsExactAtRestWhateverTheWritersDid() {
        WindowCounter counter = Window.count(7).newCounter(rules(), 0);
        Threads.run(THREADS, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 20_000; i++) {
                counter.record(random.nextInt(3) == 0, random.nextInt(3) * 1_000_000L, 0);
            }
        });
        assertThat(counter.total()).isEqualTo(7);

        // Seven known calls push out whatever is left: a sum that had drifted would show here.
        for (int i = 0; i < 7; i++) {
            counter.record(i < 3, i < 5 ? SLOW.toNanos() : 0, 0);
        }

        assertThat(counter.failures()).isEqualTo(3);
        assertThat(counter.slow(SLOW)).isEqualTo(5);
        assertThat(counter.meanLatencyNanos()).isEqualTo(5 * SLOW.toNanos() / 7.0);
    }

    @RepeatedTest(5)
    void aCountWindowHoldsEveryCallThatFitsIt() {
        WindowCounter counter = Window.count(THREADS * 1_000).newCounter(rules(), 0);

        Threads.run(THREADS, thread -> {
            for (int i = 0; i < 1_000; i++) {
                counter.record(thread % 2 == 0, 0, 0);
            }
        });

        assertThat(counter.total()).isEqualTo(THREADS * 1_000);
        assertThat(counter.failures()).isEqualTo(THREADS * 500);
    }

    @RepeatedTest(10)
    void aHealthyWindowMissesNoFailureOfAnotherThread() {
        WindowCounter counter = Window.count(10).newCounter(WindowRules.NONE, 0);
        for (int i = 0; i < 10; i++) {
            counter.record(false, 0, 0);
        }

        Threads.run(2, thread -> {
            for (int i = 0; i < 50_000; i++) {
                counter.record(thread == 0 && i % 100 == 0, 0, 0);
            }
        });
        for (int i = 0; i < 10; i++) {
            counter.record(true, 0, 0);
        }

        assertThat(counter.failures()).isEqualTo(10);
    }

    @RepeatedTest(5)
    void aTimeWindowCountsEveryCallWhileItsSlicesTurn() {
        WindowCounter counter = Window.time(Duration.ofSeconds(60)).newCounter(rules(), 0);

        Threads.run(THREADS, thread -> {
            for (int i = 0; i < 6_000; i++) {
                counter.record(thread % 2 == 0, SLOW.toNanos(), i * 9_000_000L);
            }
        });

        CallStats stats = counter.stats(6_000 * 9_000_000L);
        assertThat(stats.total()).isEqualTo(THREADS * 6_000);
        assertThat(stats.failures()).isEqualTo(THREADS * 3_000);
        assertThat(stats.slow(SLOW)).isEqualTo(THREADS * 6_000);
        assertThat(stats.meanLatency()).contains(SLOW);
    }

    private static WindowRules rules() {
        return new WindowRules(new TreeSet<>(List.of(SLOW)), true, 0);
    }
}
