package io.breaker.spring.health;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.ManualTimeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;

@SpringBootTest(
        classes = ManualTimeApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "management.endpoint.health.show-details=always",
            "management.endpoint.health.group.traffic.include=circuitBreakers",
            "breaker.health.open-status=out-of-service"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CircuitBreakersHealthHttpTests {

    private final RestTestClient client;
    private final CircuitBreaker payments;

    CircuitBreakersHealthHttpTests(@Autowired CircuitBreakerRegistry registry, @LocalServerPort int port) {
        payments = registry.register("payments", CircuitBreakerConfig.ofDefaults());
        client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port + "/actuator/health")
                .build();
    }

    @AfterEach
    void close() {
        payments.reset();
    }

    @Test
    void showsEachBreakerAsAComponent() {
        get("", HttpStatus.OK)
                .jsonPath("$.components.circuitBreakers.components.payments.status")
                .isEqualTo("UP")
                .jsonPath("$.components.circuitBreakers.components.payments.details.state")
                .isEqualTo("CLOSED")
                .jsonPath("$.components.breaker")
                .doesNotExist();
        get("/circuitBreakers/payments", HttpStatus.OK)
                .jsonPath("$.details.state")
                .isEqualTo("CLOSED");
        get("/circuitBreakers/nobody", HttpStatus.NOT_FOUND);
    }

    @Test
    void letsTheStatusOfAnOpenBreakerReachTheWholeApplication() {
        payments.forceOpen();

        get("", HttpStatus.SERVICE_UNAVAILABLE)
                .jsonPath("$.components.circuitBreakers.components.payments.status")
                .isEqualTo("OUT_OF_SERVICE");
        get("/circuitBreakers/payments", HttpStatus.SERVICE_UNAVAILABLE)
                .jsonPath("$.details.state")
                .isEqualTo("FORCED_OPEN");
    }

    @Test
    void takesPartInAGroupThatNamesIt() {
        get("/traffic", HttpStatus.OK).jsonPath("$.status").isEqualTo("UP");

        payments.forceOpen();

        get("/traffic", HttpStatus.SERVICE_UNAVAILABLE).jsonPath("$.status").isEqualTo("OUT_OF_SERVICE");
    }

    private BodyContentSpec get(String path, HttpStatus status) {
        return client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody();
    }
}
