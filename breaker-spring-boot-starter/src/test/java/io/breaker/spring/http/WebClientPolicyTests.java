package io.breaker.spring.http;

import static io.breaker.spring.http.HttpShop.totals;
import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PolicyTotals;
import io.breaker.testing.ManualTime;
import io.breaker.timeout.CallTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** The whole pipeline of a name around a {@link WebClient}. */
class WebClientPolicyTests {

    private static final Duration BACKOFF = Duration.ofMillis(100);

    /** What comes of one request after another. */
    private final Queue<Mono<ClientResponse>> answers = new ArrayDeque<>();

    /** The statuses of the responses whose bodies were asked for, to be read or released. */
    private final List<Integer> consumed = new CopyOnWriteArrayList<>();

    private final ApplicationContextRunner runner =
            HttpShop.runner().withPropertyValues("breaker.instances.payments.tripper=failureStreak(100)");
    private final ApplicationContextRunner retrying = runner.withPropertyValues(
            "breaker.instances.payments.retry.max-attempts=2", "breaker.instances.payments.retry.jitter=0");

    @Test
    void aFailedStatusIsRetriedAndTheOtherResponseIsReleased() {
        retrying.run(context -> {
            answers.add(response(503));
            answers.add(response(200));

            StepVerifier.create(get(context))
                    .then(() -> assertThat(consumed).containsExactly(503))
                    .then(() -> context.getBean(ManualTime.class).advance(BACKOFF))
                    .expectNext("answer")
                    .verifyComplete();

            assertThat(consumed).containsExactly(503, 200);
            assertThat(totals(context, "payments").failed()).isEqualTo(1);
            assertThat(totals(context, "payments").succeeded()).isEqualTo(1);
            assertThat(beside(context)).isEqualTo(new PolicyTotals(1, 0, 0, 0));
        });
    }

    @Test
    void theCallerGetsTheResponseOfTheLastAttemptAsItCame() {
        retrying.run(context -> {
            answers.add(response(500));
            StepVerifier.create(get(WebClient.builder())).verifyError();
            List<Integer> withoutPolicies = List.copyOf(consumed);
            consumed.clear();
            AtomicBoolean cancelled = new AtomicBoolean();
            answers.add(response(503));
            answers.add(response(500).doOnCancel(() -> cancelled.set(true)));

            StepVerifier.create(get(context))
                    .then(() -> context.getBean(ManualTime.class).advance(BACKOFF))
                    .verifyErrorSatisfies(thrown -> assertThat(thrown)
                            .isInstanceOfSatisfying(
                                    WebClientResponseException.InternalServerError.class,
                                    failure -> assertThat(failure.getResponseBodyAsString())
                                            .isEqualTo("answer")));

            assertThat(cancelled).isFalse();
            assertThat(consumed.get(0)).isEqualTo(503);
            assertThat(consumed.subList(1, consumed.size())).isEqualTo(withoutPolicies);
            assertThat(totals(context, "payments").failed()).isEqualTo(2);
        });
    }

    @Test
    void theBodyOfTheLastResponseComesOverARealConnection() {
        try (LoopbackServer server = new LoopbackServer()) {
            server.answers(503);
            HttpShop.runner(ImpatientTime.class)
                    .withPropertyValues("breaker.instances.payments.retry.max-attempts=3")
                    .run(context -> {
                        WebClient client = WebClient.builder()
                                .filter(context.getBean(WebClientBreakers.class).filter("payments"))
                                .build();

                        StepVerifier.create(client.get()
                                        .uri(server.url())
                                        .exchangeToMono(response -> response.bodyToMono(String.class)))
                                .expectNext("answer")
                                .verifyComplete();

                        assertThat(server.requests()).isEqualTo(3);
                    });
        }
    }

    @Test
    void whatTheRetryIsForHasItsSay() {
        retrying.withPropertyValues("breaker.instances.payments.retry.on=httpStatus(503)")
                .run(context -> {
                    answers.add(response(500));

                    StepVerifier.create(get(context)).verifyError(WebClientResponseException.InternalServerError.class);

                    assertThat(beside(context).retries()).isZero();
                });
    }

    @Test
    void theTimeoutComesOutAsItIsAndTheRequestIsCancelled() {
        runner.withPropertyValues("breaker.instances.payments.timeout=2s").run(context -> {
            Sinks.One<ClientResponse> sink = Sinks.one();
            answers.add(sink.asMono());

            StepVerifier.create(get(context))
                    .then(() -> context.getBean(ManualTime.class).advance(Duration.ofSeconds(2)))
                    .verifyError(CallTimeoutException.class);

            assertThat(sink.currentSubscriberCount()).isZero();
            assertThat(totals(context, "payments").failed()).isEqualTo(1);
            assertThat(beside(context).timeouts()).isEqualTo(1);
        });
    }

    @Test
    void aResponseThatComesAfterTheTimeoutIsReleased() {
        runner.withPropertyValues("breaker.instances.payments.timeout=2s").run(context -> {
            // Does not heed that it is cancelled.
            answers.add(Mono.from(subscriber -> {
                subscriber.onSubscribe(Operators.emptySubscription());
                context.getBean(ManualTime.class).advance(Duration.ofSeconds(2));
                response(200).subscribe(subscriber::onNext);
            }));

            StepVerifier.create(get(context)).verifyError(CallTimeoutException.class);

            assertThat(consumed).containsExactly(200);
        });
    }

    @Test
    void aFullBulkheadComesOutAsItIsAndIsNoFailure() {
        retrying.withPropertyValues("breaker.instances.payments.bulkhead.max-concurrent-calls=1")
                .run(context -> {
                    Sinks.One<ClientResponse> first = Sinks.one();
                    answers.add(first.asMono());
                    Mono<String> waiting = get(context).cache();
                    waiting.subscribe();

                    StepVerifier.create(get(context)).verifyError(BulkheadFullException.class);
                    first.emitValue(response(200).block(), Sinks.EmitFailureHandler.FAIL_FAST);

                    assertThat(waiting.block()).isEqualTo("answer");
                    assertThat(totals(context, "payments").failed()).isZero();
                    assertThat(beside(context)).isEqualTo(new PolicyTotals(0, 0, 0, 1));
                });
    }

    @Test
    void theLatencyBeginsWhenTheBulkheadHasLetTheCallIn() {
        runner.withPropertyValues(
                        "breaker.instances.payments.bulkhead.max-concurrent-calls=1",
                        "breaker.instances.payments.bulkhead.queue-capacity=1",
                        "breaker.instances.payments.bulkhead.queue-timeout=10s")
                .run(context -> {
                    ManualTime time = context.getBean(ManualTime.class);
                    List<Sinks.One<ClientResponse>> requests = List.of(Sinks.one(), Sinks.one());
                    requests.forEach(request -> answers.add(request.asMono()));
                    get(context).subscribe();
                    get(context).subscribe();

                    time.advance(Duration.ofSeconds(3));
                    requests.get(0).emitValue(response(200).block(), Sinks.EmitFailureHandler.FAIL_FAST);
                    time.advance(Duration.ofSeconds(1));
                    requests.get(1).emitValue(response(200).block(), Sinks.EmitFailureHandler.FAIL_FAST);

                    assertThat(totals(context, "payments").succeeded()).isEqualTo(2);
                    assertThat(totals(context, "payments").meanLatency()).contains(Duration.ofSeconds(2));
                });
    }

    @Test
    void whoCancelsWhileTheRetryWaitsIsNotCalledBack() {
        retrying.run(context -> {
            answers.add(response(503));

            StepVerifier.create(get(context)).thenCancel().verify();
            context.getBean(ManualTime.class).advance(BACKOFF);

            assertThat(consumed).containsExactly(503);
            assertThat(totals(context, "payments").failed()).isEqualTo(1);
        });
    }

    @Test
    void whoCancelsBeforeTheResponseIsNeither() {
        retrying.run(context -> {
            answers.add(Mono.never());

            StepVerifier.create(get(context)).thenCancel().verify();

            assertThat(totals(context, "payments").ignored()).isEqualTo(1);
        });
    }

    @Test
    void aHeldResponseIsReleasedOnceAtMost() {
        HeldResponse held = new HeldResponse();
        held.hold(response(500).block());
        held.drop();
        held.drop();
        assertThat(consumed).containsExactly(500);

        held.hold(response(501).block());
        assertThat(consumed).containsExactly(500, 501);

        HeldResponse cancelled = new HeldResponse();
        cancelled.dropIfLate();
        cancelled.hold(response(503).block());
        assertThat(consumed).containsExactly(500, 501, 503);

        HeldResponse taken = new HeldResponse();
        taken.hold(response(502).block());
        taken.dropIfLate();
        taken.take();
        taken.drop();
        assertThat(consumed).containsExactly(500, 501, 503);
    }

    private Mono<ClientResponse> response(int status) {
        Flux<DataBuffer> body = Flux.defer(() -> {
            consumed.add(status);
            return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap("answer".getBytes(StandardCharsets.UTF_8)));
        });
        return Mono.fromSupplier(() ->
                ClientResponse.create(HttpStatus.valueOf(status)).body(body).build());
    }

    private Mono<String> get(ApplicationContext context) {
        return get(WebClient.builder()
                .filter(context.getBean(WebClientBreakers.class).filter("payments")));
    }

    private Mono<String> get(WebClient.Builder client) {
        ExchangeFunction exchange = request -> answers.remove();
        return client.exchangeFunction(exchange)
                .build()
                .get()
                .uri("http://payments.example.com")
                .retrieve()
                .bodyToMono(String.class);
    }

    private static PolicyTotals beside(ApplicationContext context) {
        return context.getBean(Breakers.class).totals("payments");
    }
}
