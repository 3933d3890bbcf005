package io.breaker.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.spring.ManualTimeApplication;
import io.breaker.spring.registry.Breakers;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(
        classes = ManualTimeApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "management.endpoints.web.exposure.include=prometheus,circuitbreakers",
            "breaker.instances.payments.tripper=slowRate(90%, 3s) | (minRequests(3) & failureRate(50%))"
        })
@AutoConfigureMetrics
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class CircuitBreakerPrometheusTests {

    private final RestTestClient client;

    CircuitBreakerPrometheusTests(@LocalServerPort int port) {
        client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port + "/actuator")
                .build();
    }

    /** Three calls succeed, three fail, and the circuit opens; two are rejected, one of them answered by a fallback. */
    @BeforeAll
    void openACircuit(@Autowired Breakers breakers, @Autowired ManualTime time) {
        CircuitBreaker payments = breakers.get("payments");
        for (int i = 0; i < 3; i++) {
            payments.run(() -> time.advance(Duration.ofMillis(500)));
        }
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> payments.run(() -> {
                time.advance(Duration.ofSeconds(2));
                throw new IllegalStateException("down");
            }));
        }
        assertThatThrownBy(() -> payments.run(() -> {}));
        assertThatThrownBy(() -> payments.run(() -> {}));
        breakers.countFallback("payments");
        time.advance(Duration.ofSeconds(10));
    }

    @Test
    void namesTheSeriesAsPrometheusDoes() {
        assertThat(scrape())
                .contains(
                        "circuit_breaker_state{name=\"payments\",state=\"open\"} 1.0",
                        "circuit_breaker_state{name=\"payments\",state=\"half-open\"} 0.0",
                        "circuit_breaker_failure_rate{name=\"payments\"} 0.5",
                        "circuit_breaker_slow_rate{name=\"payments\",threshold=\"3s\"} 0.0",
                        "circuit_breaker_requests_total{name=\"payments\",outcome=\"success\"} 3.0",
                        "circuit_breaker_requests_total{name=\"payments\",outcome=\"failure\"} 3.0",
                        "circuit_breaker_requests_total{name=\"payments\",outcome=\"ignored\"} 0.0",
                        "circuit_breaker_rejected_requests_total{name=\"payments\"} 2.0",
                        "circuit_breaker_state_changes_total{from=\"closed\",name=\"payments\",to=\"open\"} 1.0",
                        "circuit_breaker_state_changes_total{from=\"open\",name=\"payments\",to=\"half-open\"} 0.0",
                        "circuit_breaker_response_time_seconds_count{name=\"payments\",outcome=\"success\"} 3",
                        "circuit_breaker_response_time_seconds_sum{name=\"payments\",outcome=\"success\"} 1.5",
                        "circuit_breaker_response_time_seconds_sum{name=\"payments\",outcome=\"failure\"} 6.0",
                        "circuit_breaker_state_time_seconds_sum{name=\"payments\",state=\"closed\"} 7.5",
                        "circuit_breaker_state_time_seconds_sum{name=\"payments\",state=\"open\"} 10.0",
                        "circuit_breaker_state_time_seconds_count{name=\"payments\",state=\"open\"} 1",
                        "circuit_breaker_would_open_total{name=\"payments\"} 0.0",
                        "circuit_breaker_fallbacks_total{name=\"payments\"} 1.0");
    }

    @Test
    void agreesWithTheEndpoint() {
        client.get()
                .uri("/circuitbreakers/payments")
                .exchange()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("OPEN")
                .jsonPath("$.calls.failureRate")
                .isEqualTo(0.5)
                .jsonPath("$.calls.slow.3s")
                .isEqualTo(0)
                .jsonPath("$.totals.succeeded")
                .isEqualTo(3)
                .jsonPath("$.totals.failed")
                .isEqualTo(3)
                .jsonPath("$.totals.ignored")
                .isEqualTo(0)
                .jsonPath("$.totals.rejected")
                .isEqualTo(2)
                .jsonPath("$.totals.fallbacks")
                .isEqualTo(1)
                .jsonPath("$.totals.meanLatency")
                .isEqualTo("PT1.25S")
                .jsonPath("$.transitions.length()")
                .isEqualTo(1);
    }

    private List<String> scrape() {
        String text = client.get()
                .uri("/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody();
        assertThat(text).isNotNull();
        return text.lines().toList();
    }
}
