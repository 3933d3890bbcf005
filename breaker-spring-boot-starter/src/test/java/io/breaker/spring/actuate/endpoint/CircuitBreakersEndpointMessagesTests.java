package io.breaker.spring.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.ManualTimeApplication;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;

@SpringBootTest(
        classes = ManualTimeApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "management.endpoints.web.exposure.include=circuitbreakers",
            "management.endpoint.circuitbreakers.show-values=when-authorized",
            "management.endpoint.circuitbreakers.roles=OPS",
            "breaker.events.all=true"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CircuitBreakersEndpointMessagesTests {

    private final RestTestClient client;
    private final CircuitBreaker breaker;

    CircuitBreakersEndpointMessagesTests(@Autowired CircuitBreakerRegistry registry, @LocalServerPort int port) {
        breaker = registry.register("payments", CircuitBreakerConfig.ofDefaults());
        client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port + "/actuator/circuitbreakers/payments")
                .build();
    }

    @BeforeAll
    void succeedFailAndReject() {
        breaker.run(() -> {});
        assertThatThrownBy(() -> breaker.run(() -> {
            throw new IllegalStateException("card 1234 refused");
        }));
        breaker.forceOpen();
        assertThatThrownBy(() -> breaker.run(() -> {}));
    }

    @Test
    void showsMessagesToWhoIsAuthorized() {
        get("", "alice").jsonPath("$.lastFailure.message").isEqualTo("card 1234 refused");
        get("/events", "alice").jsonPath("$.calls[1].message").isEqualTo("card 1234 refused");
    }

    @Test
    void showsNoMessagesToOthers() {
        get("", "bob").jsonPath("$.lastFailure.message").doesNotExist();
        get("/events", "bob").jsonPath("$.calls[1].message").doesNotExist();
    }

    @Test
    void showsSucceededAndRejectedCallsWhereAllEventsAreKept() {
        get("/events", "bob")
                .jsonPath("$.calls[0].outcome")
                .isEqualTo("REJECTED")
                .jsonPath("$.calls[1].outcome")
                .isEqualTo("FAILED")
                .jsonPath("$.calls[2].outcome")
                .isEqualTo("SUCCEEDED")
                .jsonPath("$.calls[2].class")
                .doesNotExist();
    }

    private BodyContentSpec get(String path, String user) {
        return client.mutate()
                .defaultHeaders(headers -> headers.setBasicAuth(user, "secret"))
                .build()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }
}
