package io.breaker.spring.http;

import static io.breaker.spring.http.HttpShop.totals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.spring.AdvancingTime;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PipelineRegistry;
import io.breaker.spring.registry.PolicyTotals;
import io.breaker.timeout.CallTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** The whole pipeline of a name around blocking clients. */
class BlockingPolicyTests {

    private static final String URL = "http://payments.example.com/receipts";

    private final Script script = new Script();
    private final ApplicationContextRunner runner = HttpShop.runner(AdvancingTime.class);
    private final ApplicationContextRunner retrying =
            with("retry.max-attempts=3", "retry.jitter=0", "tripper=failureStreak(100)");

    @Test
    void aFailedStatusIsRetriedAndTheOtherResponsesAreClosed() {
        retrying.run(context -> {
            script.then(503).then(429).then(200);

            assertThat(get(context)).isEqualTo("answer");

            assertThat(context.getBean(AdvancingTime.class).pauses())
                    .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
            assertThat(totals(context, "payments").failed()).isEqualTo(2);
            assertThat(totals(context, "payments").succeeded()).isEqualTo(1);
            assertThat(beside(context)).isEqualTo(new PolicyTotals(2, 0, 0, 0));
            assertThat(script.responses.get(0).closed).isTrue();
            assertThat(script.responses.get(1).closed).isTrue();
        });
    }

    @Test
    void theCallerGetsTheResponseOfTheLastAttemptAsItCame() {
        retrying.run(context -> {
            script.then(503).then(502).then(500);

            String body = client(context).get().uri(URL).exchange((request, response) -> {
                assertThat(response.getStatusCode().value()).isEqualTo(500);
                assertThat(script.responses.get(2).closed).isFalse();
                return new String(response.getBody().readAllBytes());
            });

            assertThat(body).isEqualTo("answer");
            assertThat(totals(context, "payments").failed()).isEqualTo(3);
        });
    }

    @Test
    void aRestTemplateIsRetriedToo() {
        retrying.run(context -> {
            RestTemplate client = new RestTemplate();
            client.getInterceptors()
                    .addAll(List.of(context.getBean(HttpClientBreakers.class).interceptor("payments"), script));
            script.then(503).then(503).then(503);

            assertThatExceptionOfType(HttpServerErrorException.ServiceUnavailable.class)
                    .isThrownBy(() -> client.getForObject(URL, String.class));

            assertThat(script.responses).hasSize(3);
        });
    }

    @Test
    void eachAttemptSendsTheWholeRequestAndTheHeadersOfInnerInterceptorsOnce() {
        retrying.run(context -> {
            script.then(503).then(200);

            client(context).post().uri(URL).body("a receipt").retrieve().toBodilessEntity();

            assertThat(script.bodies).containsExactly("a receipt", "a receipt");
            assertThat(script.requests)
                    .extracting(headers -> headers.get("Seen"))
                    .containsExactly(List.of("once"), List.of("once"));
        });
    }

    @Test
    void aStatusIsRetriedAndCountedWhateverTheTrackersSay() {
        with(
                        "retry.max-attempts=2",
                        "tracker=typeOf(java.io.IOException)",
                        "result-tracker=everything",
                        "tripper=failureStreak(100)")
                .withBean("everything", Predicate.class, () -> value -> true)
                .run(context -> {
                    script.then(503).then(404);

                    assertThatExceptionOfType(HttpClientErrorException.NotFound.class)
                            .isThrownBy(() -> get(context));

                    assertThat(totals(context, "payments").failed()).isEqualTo(1);
                    assertThat(totals(context, "payments").succeeded()).isEqualTo(1);
                });
    }

    @Test
    void whatTheRetryIsForHasItsSay() {
        retrying.withPropertyValues("breaker.instances.payments.retry.on=httpStatus(503)")
                .run(context -> {
                    script.then(503).then(500);

                    assertThatExceptionOfType(HttpServerErrorException.InternalServerError.class)
                            .isThrownBy(() -> get(context));

                    assertThat(beside(context).retries()).isEqualTo(1);
                });
    }

    @Test
    void aLostConnectionIsRetriedAndComesOutAsTheClientMakesIt() {
        retrying.run(context -> {
            for (int attempt = 0; attempt < 3; attempt++) {
                script.then(() -> {
                    throw new IOException("lost");
                });
            }

            assertThatExceptionOfType(ResourceAccessException.class)
                    .isThrownBy(() -> get(context))
                    .withCauseInstanceOf(IOException.class);

            assertThat(totals(context, "payments").failed()).isEqualTo(3);
        });
    }

    @Test
    void theRetryEndsWhenTheCircuitOpens() {
        retrying.withPropertyValues("breaker.instances.payments.tripper=failureStreak(2)")
                .run(context -> {
                    script.then(503).then(503);

                    assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> get(context));

                    assertThat(script.responses)
                            .hasSize(2)
                            .allSatisfy(response -> assertThat(response.closed).isTrue());
                });
    }

    @Test
    void aResponseThatComesTooLateIsClosedAndTheCallerGetsTheTimeout() {
        with("timeout=2s").run(context -> {
            script.then(late(context));

            assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> get(context));

            assertThat(script.responses.get(0).closed).isTrue();
            assertThat(totals(context, "payments").failed()).isEqualTo(1);
            assertThat(beside(context).timeouts()).isEqualTo(1);
        });
    }

    @Test
    void aTimeoutIsRetried() {
        retrying.withPropertyValues("breaker.instances.payments.timeout=2s").run(context -> {
            script.then(late(context)).then(200);

            assertThat(get(context)).isEqualTo("answer");

            assertThat(script.responses.get(0).closed).isTrue();
            assertThat(totals(context, "payments").failed()).isEqualTo(1);
        });
    }

    @Test
    void aFullBulkheadComesOutAsItIsAndIsNoFailure() {
        retrying.withPropertyValues("breaker.instances.payments.bulkhead.max-concurrent-calls=1")
                .run(context -> {
                    PipelineRegistry pipelines = context.getBean(PipelineRegistry.class);

                    assertThatExceptionOfType(BulkheadFullException.class)
                            .isThrownBy(() -> pipelines.pipeline("payments").call(() -> get(context)));

                    assertThat(script.responses).isEmpty();
                    assertThat(totals(context, "payments").failed()).isZero();
                    assertThat(beside(context)).isEqualTo(new PolicyTotals(0, 0, 0, 1));
                });
    }

    @Test
    void eachHostHasThePoliciesOfItsName() {
        runner.withPropertyValues(
                        "breaker.http.clients.payments.per-host=true",
                        "breaker.instances[payments@payments.example.com].retry.max-attempts=2")
                .run(context -> {
                    script.then(503).then(200).then(503);

                    assertThat(get(context)).isEqualTo("answer");
                    assertThatExceptionOfType(HttpServerErrorException.class)
                            .isThrownBy(() -> client(context)
                                    .get()
                                    .uri("http://other.example.com")
                                    .retrieve()
                                    .toBodilessEntity());

                    assertThat(context.getBean(Breakers.class).totals("payments@payments.example.com"))
                            .isEqualTo(new PolicyTotals(1, 0, 0, 0));
                });
    }

    @Test
    void policiesThatComeLaterCountFromThenOn() {
        runner.withPropertyValues("breaker.configs.patient.retry.max-attempts=2")
                .withBean(Patient.class, Patient::new, bean -> bean.setLazyInit(true))
                .run(context -> {
                    RestClient client = client(context);
                    script.then(503).then(503).then(200);
                    assertThatExceptionOfType(HttpServerErrorException.class)
                            .isThrownBy(() -> client.get().uri(URL).retrieve().toBodilessEntity());

                    context.getBean(Patient.class);

                    assertThat(client.get().uri(URL).retrieve().body(String.class))
                            .isEqualTo("answer");
                });
    }

    static class Patient {

        @CircuitBreaker(name = "payments", config = "patient")
        public String pay() {
            return "paid";
        }
    }

    private static Script.Answer late(ApplicationContext context) {
        return () -> {
            context.getBean(AdvancingTime.class).advance(Duration.ofSeconds(2));
            return new Script.Response(200);
        };
    }

    private ApplicationContextRunner with(String... settings) {
        ApplicationContextRunner with = runner;
        for (String setting : settings) {
            with = with.withPropertyValues("breaker.instances.payments." + setting);
        }
        return with;
    }

    private String get(ApplicationContext context) {
        return client(context).get().uri(URL).retrieve().body(String.class);
    }

    private RestClient client(ApplicationContext context) {
        return RestClient.builder()
                .requestInterceptor(context.getBean(HttpClientBreakers.class).interceptor("payments"))
                .requestInterceptor(script)
                .build();
    }

    private static PolicyTotals beside(ApplicationContext context) {
        return context.getBean(Breakers.class).totals("payments");
    }
}
