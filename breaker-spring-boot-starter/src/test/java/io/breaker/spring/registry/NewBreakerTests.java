package io.breaker.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.pipeline.Pipeline;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What may be done by who is told of a new breaker. */
class NewBreakerTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class));

    @Test
    void anotherBreakerCanBeMadeWhileSomebodyIsToldOfANewOne() {
        runner.run(context -> {
            Breakers breakers = context.getBean(Breakers.class);
            CompletableFuture<CircuitBreaker> made = new CompletableFuture<>();
            tellOnce(context.getBean(CircuitBreakerRegistry.class), "payments", () -> {
                onAnotherThread(made, () -> breakers.get("stock"));
            });

            breakers.get("payments");

            assertThat(made)
                    .isCompletedWithValueMatching(breaker -> breaker.name().equals("stock"));
        });
    }

    @Test
    void theSameBreakerCanBeUsedByAnotherThreadMeanwhile() {
        runner.withPropertyValues("breaker.instances.payments.timeout=2s").run(context -> {
            PipelineRegistry pipelines = context.getBean(PipelineRegistry.class);
            CompletableFuture<Pipeline> used = new CompletableFuture<>();
            tellOnce(context.getBean(CircuitBreakerRegistry.class), "payments", () -> {
                onAnotherThread(used, () -> pipelines.pipeline("payments"));
            });

            Pipeline pipeline = pipelines.pipeline("payments");

            assertThat(used).isCompletedWithValue(pipeline);
        });
    }

    private static void tellOnce(CircuitBreakerRegistry registry, String name, Runnable told) {
        registry.forEach(breaker -> {
            if (breaker.name().equals(name)) {
                told.run();
            }
        });
    }

    /** Does something on another thread, and waits for it as one does who shares a lock with it: but not for ever. */
    private static <T> void onAnotherThread(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(CompletableFuture.supplyAsync(work).get(5, TimeUnit.SECONDS));
        } catch (Exception thrown) {
            result.completeExceptionally(thrown);
        }
    }
}
