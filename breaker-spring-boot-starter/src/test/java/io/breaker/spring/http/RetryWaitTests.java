package io.breaker.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.pipeline.Pipeline;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.spring.registry.Passage;
import io.breaker.testing.ManualTime;
import io.breaker.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

/** What becomes of a failed response while its retry waits. */
class RetryWaitTests {

    private final Script script = new Script();

    @Test
    void aResponseIsClosedBeforeTheWait() {
        RestClient client = client(delay -> {
            assertThat(script.responses.get(0).closed).isTrue();
        });
        script.then(503).then(200);

        assertThat(client.get().uri("http://payments").retrieve().body(String.class))
                .isEqualTo("answer");
    }

    @Test
    void whoIsInterruptedInTheWaitGetsTheStatusWithoutABody() {
        RestClient client = client(delay -> {
            throw new InterruptedException();
        });
        script.then(503);

        assertThatExceptionOfType(HttpServerErrorException.ServiceUnavailable.class)
                .isThrownBy(() -> client.get().uri("http://payments").retrieve().body(String.class))
                .satisfies(
                        failure -> assertThat(failure.getResponseBodyAsString()).isEmpty());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(script.responses.get(0).closed).isTrue();
    }

    @Test
    void theBreakersLastFailureDoesNotKeepTheResponse() {
        FailedStatusException failure = new FailedStatusException(503, Optional.empty());
        Script.Response response = new Script.Response(503);
        failure.hold(response::close);

        assertThat(failure.handOver()).isTrue();
        failure.release();

        assertThat(response.closed).isFalse();
        assertThat(failure.handOver()).isFalse();
    }

    /** What happens in place of a wait. */
    interface Wait {

        void on(Duration delay) throws InterruptedException;
    }

    private RestClient client(Wait wait) {
        ManualTime time = new ManualTime();
        Scheduler scheduler = new Scheduler() {
            @Override
            public Task schedule(Runnable task, Duration delay) {
                return time.schedule(task, delay);
            }

            @Override
            public void pause(Duration delay) throws InterruptedException {
                wait.on(delay);
            }
        };
        CircuitBreaker breaker = CircuitBreaker.of("payments", CircuitBreakerConfig.ofDefaults(), time);
        Pipeline pipeline = Pipeline.builder("payments")
                .circuitBreaker(breaker)
                .retry(Retry.of("payments", RetryConfig.builder().build(), time, scheduler))
                .build();
        Passage passage = new Passage(pipeline, breaker, /* repeats= */ true);
        HttpGuard guard = new HttpGuard(() -> passage, FailureStatuses.DEFAULT);
        return RestClient.builder()
                .requestInterceptor(new CircuitBreakerHttpInterceptor(target -> guard))
                .requestInterceptor(script)
                .build();
    }
}
