package io.breaker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.bulkhead.BulkheadTotals;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.fallback.Fallback;
import io.breaker.testing.CountedScheduler;
import io.breaker.testing.Eventually;
import io.breaker.time.Ticker;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/**
 * First come, first served, over real HTTP. The order is known exactly: each caller begins only when the one before is
 * seen to wait, and one slot lets one call in at a time.
 */
class ArrivalOrderTests {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int CALLERS = 24;

    private final CountedScheduler scheduler = new CountedScheduler();
    private final Bulkhead bulkhead = Bulkhead.of(
            "order", new BulkheadConfig(/* maxConcurrentCalls= */ 1, CALLERS, LONG), Ticker.system(), scheduler);
    private final Pipeline pipeline = Pipeline.builder("order")
            .circuitBreaker(CircuitBreaker.of("order", settings -> settings))
            .bulkhead(bulkhead)
            .timeout(Timeout.of("order", TimeoutConfig.of(LONG), Ticker.system(), scheduler))
            .build();
    private final Fallback<String> fallback = Fallback.of("fallback");
    private final List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void endTheScheduler() {
        scheduler.close();
    }

    @RepeatedTest(5)
    void callersAreServedAsTheyCameAlsoWhenSomeLeaveTheQueue() throws Exception {
        CompletableFuture<String> holder = new CompletableFuture<>();
        List<CompletableFuture<String>> results = new ArrayList<>();
        try (Service service = new Service()) {
            pipeline.callAsync(() -> holder);
            for (int number = 0; number < CALLERS; number++) {
                results.add(number % 2 == 0 ? waitingThread(service, number) : waitingStage(service, number));
                int waiting = number + 1;
                Eventually.holds("a caller waits", () -> bulkhead.queued() == waiting);
            }
            threads.get(3).interrupt();
            Eventually.holds("the interrupted caller has left", () -> bulkhead.queued() == CALLERS - 1);
            results.get(11).cancel(true);

            holder.complete("over");

            assertAnswered(results);
            Eventually.holds("all is given back", () -> bulkhead.activeCalls() == 0 && scheduler.pending() == 0);
            assertThat(service.working.highest()).isEqualTo(1);
        }
        assertThat(served)
                .isEqualTo(IntStream.range(0, CALLERS)
                        .filter(number -> number != 6 && number != 11)
                        .boxed()
                        .toList());
        assertThat(bulkhead.totals()).isEqualTo(new BulkheadTotals(0, 0, /* interrupted= */ 1, /* cancelled= */ 1));
    }

    private static void assertAnswered(List<CompletableFuture<String>> results) throws Exception {
        for (int number = 0; number < CALLERS; number++) {
            if (number != 11) {
                assertThat(results.get(number).get(20, TimeUnit.SECONDS)).isEqualTo(number == 6 ? "fallback" : "value");
            }
        }
    }

    private CompletableFuture<String> waitingThread(Service service, int number) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(pipeline.call(
                        () -> {
                            served.add(number);
                            return service.send(visit());
                        },
                        fallback));
            } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
            }
        });
        thread.start();
        threads.add(thread);
        return result;
    }

    private CompletableFuture<String> waitingStage(Service service, int number) {
        return pipeline.callAsync(
                        () -> {
                            served.add(number);
                            return service.sendAsync(visit(), /* cancellable= */ true);
                        },
                        fallback)
                .toCompletableFuture();
    }

    private static Visit visit() {
        return new Visit(Visit.Answer.OK, Duration.ofMillis(1));
    }
}
