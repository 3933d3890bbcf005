package io.breaker.spring.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.actuate.endpoint.LoggedCall.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecentCallsTests {

    @Test
    void givesTheNewestFirst() {
        RecentCalls calls = new RecentCalls(3);

        calls.add(call(1));
        calls.add(call(2));

        assertThat(calls.newestFirst()).containsExactly(call(2), call(1));
    }

    @Test
    void forgetsTheOldestBeyondItsCapacity() {
        RecentCalls calls = new RecentCalls(3);

        IntStream.rangeClosed(1, 7).forEach(second -> calls.add(call(second)));

        assertThat(calls.newestFirst()).containsExactly(call(7), call(6), call(5));
    }

    @Test
    void keepsTheLastOnesOfManyThreads() throws Exception {
        RecentCalls calls = new RecentCalls(10);
        int perThread = 10_000;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CompletableFuture<?>[] writers = Stream.generate(() -> CompletableFuture.runAsync(
                            () -> IntStream.range(0, perThread).forEach(second -> calls.add(call(second))), threads))
                    .limit(4)
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(writers).get();
        } finally {
            threads.shutdown();
        }

        List<LoggedCall> kept = calls.newestFirst();

        // Whoever wrote last wrote its own last call last.
        assertThat(kept).hasSize(10).first().isEqualTo(call(perThread - 1));
    }

    private static LoggedCall call(long second) {
        return LoggedCall.of(Outcome.FAILED, Instant.ofEpochSecond(second), Optional.empty(), Optional.empty());
    }
}
