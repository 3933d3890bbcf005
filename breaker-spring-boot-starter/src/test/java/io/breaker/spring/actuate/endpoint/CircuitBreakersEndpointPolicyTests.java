package io.breaker.spring.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.fallback.Fallback;
import io.breaker.pipeline.Pipeline;
import io.breaker.spring.ManualTimeApplication;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PipelineRegistry;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;

/** What the endpoint shows of a retry, a bulkhead and a timeout. */
@SpringBootTest(
        classes = ManualTimeApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "management.endpoints.web.exposure.include=circuitbreakers",
            "breaker.defaults.timeout=2s",
            "breaker.instances.payments.retry.max-attempts=2",
            "breaker.instances.payments.bulkhead.max-concurrent-calls=1"
        })
class CircuitBreakersEndpointPolicyTests {

    private final ManualTime time;
    private final Breakers breakers;
    private final PipelineRegistry pipelines;
    private final RestTestClient client;

    CircuitBreakersEndpointPolicyTests(
            @Autowired ManualTime time,
            @Autowired Breakers breakers,
            @Autowired PipelineRegistry pipelines,
            @LocalServerPort int port) {
        this.time = time;
        this.breakers = breakers;
        this.pipelines = pipelines;
        this.client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port + "/actuator/circuitbreakers")
                .build();
    }

    @Test
    void showsWhatThePoliciesDidAndWhatGoesOn() {
        Pipeline payments = pipelines.pipeline("payments");
        CompletableFuture<String> source = new CompletableFuture<>();
        payments.callAsync(() -> source);
        String answer = payments.get(() -> "paid", Fallback.of("later"));

        BodyContentSpec body = get("/payments");

        assertThat(answer).isEqualTo("later");
        body.json("""
                {
                  "totals": { "retries": 0, "timeouts": 0, "fallbacks": 1, "bulkheadRejections": 1 },
                  "bulkhead": { "activeCalls": 1, "queued": 0 },
                  "config": {
                    "timeout": { "value": "2s", "origin": "breaker.defaults" },
                    "timeout-interrupt": { "value": "true", "origin": "default" },
                    "retry.max-attempts": { "value": "2", "origin": "breaker.instances.payments.retry.max-attempts" },
                    "retry.initial-delay": { "value": "100ms", "origin": "default" },
                    "retry.multiplier": { "value": "2", "origin": "default" },
                    "retry.max-delay": { "value": "3s", "origin": "default" },
                    "retry.jitter": { "value": "0.2", "origin": "default" },
                    "retry.budget": { "value": "0s", "origin": "default" },
                    "retry.max-retry-after": { "value": "300s", "origin": "default" },
                    "bulkhead.max-concurrent-calls": {
                      "value": "1", "origin": "breaker.instances.payments.bulkhead.max-concurrent-calls"
                    },
                    "bulkhead.queue-capacity": { "value": "0", "origin": "default" },
                    "bulkhead.queue-timeout": { "value": "500ms", "origin": "default" }
                  }
                }""");

        time.advance(Duration.ofSeconds(2));
        get("/payments").json("""
                {
                  "totals": { "timeouts": 1 },
                  "bulkhead": { "activeCalls": 0, "queued": 0 }
                }""");
    }

    @Test
    void showsNothingOfPoliciesThatAreNotThere() {
        breakers.get("stock");

        BodyContentSpec body = get("/stock");

        body.jsonPath("$.bulkhead").doesNotExist();
        body.jsonPath("$.config['retry.max-attempts']").doesNotExist();
        body.jsonPath("$.totals.retries").isEqualTo(0);
        body.jsonPath("$.totals.bulkheadRejections").isEqualTo(0);
    }

    private BodyContentSpec get(String path) {
        return client.get().uri(path).exchange().expectStatus().isOk().expectBody();
    }
}
