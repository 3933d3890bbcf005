package io.breaker.spring.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.spring.ManualTimeApplication;
import io.breaker.spring.registry.Breakers;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;

@SpringBootTest(
        classes = {ManualTimeApplication.class, CircuitBreakersEndpointReadTests.UserService.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "management.endpoints.web.exposure.include=circuitbreakers",
            "breaker.instances.payments.tripper=slowRate(90%, 3s) | (minRequests(4) & failureRate(50%))",
            "breaker.instances.payments.tracker=!typeOf(java.lang.IllegalArgumentException)"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class CircuitBreakersEndpointReadTests {

    private final ManualTime time;
    private final Breakers breakers;
    private final RestTestClient client;

    CircuitBreakersEndpointReadTests(
            @Autowired ManualTime time, @Autowired Breakers breakers, @LocalServerPort int port) {
        this.time = time;
        this.breakers = breakers;
        this.client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port + "/actuator/circuitbreakers")
                .build();
    }

    @BeforeAll
    void openOneOfThreeCircuits() {
        breakers.get("stock");
        CircuitBreaker payments = breakers.get("payments");
        payments.run(() -> time.advance(Duration.ofSeconds(1)));
        payments.run(() -> time.advance(Duration.ofSeconds(3)));
        failAfterOneSecond(payments, new IllegalArgumentException("no such card"));
        failAfterOneSecond(payments, new IllegalStateException("first"));
        failAfterOneSecond(payments, new IllegalStateException("password is 1234"));
        assertThatThrownBy(() -> payments.run(() -> {})).isInstanceOf(CallNotPermittedException.class);
        breakers.countFallback("payments");
        time.advance(Duration.ofMillis(47_500));
    }

    @Test
    void showsAllBreakersInTheJsonOfTheContract() {
        get("").json("""
                {
                  "status": "degraded",
                  "summary": {
                    "total": 3, "closed": 2, "open": 1, "halfOpen": 0, "metricsOnly": 0, "disabled": 0, "forcedOpen": 0
                  },
                  "circuitBreakers": [
                    {
                      "name": "payments", "state": "OPEN", "since": "2026-01-01T00:00:07Z", "retryAfter": "PT12.5S",
                      "reopens": 0, "reason": "failureRate(0.5) held: 2 of 4 calls failed", "healthScore": 0,
                      "calls": { "total": 4, "failed": 2, "slow": { "3s": 1 }, "failureRate": 0.5, "failureStreak": 2 },
                      "totals": {
                        "meanLatency": "PT1.5S", "succeeded": 2, "failed": 2, "ignored": 1, "rejected": 1, "retries": 0,
                        "timeouts": 0, "fallbacks": 1, "bulkheadRejections": 0
                      }
                    },
                    {
                      "name": "stock", "state": "CLOSED", "since": "2026-01-01T00:00:00Z", "reopens": 0,
                      "healthScore": 100, "calls": { "total": 0, "failed": 0, "failureStreak": 0 },
                      "totals": {
                        "succeeded": 0, "failed": 0, "ignored": 0, "rejected": 0, "retries": 0, "timeouts": 0,
                        "fallbacks": 0, "bulkheadRejections": 0
                      }
                    },
                    {
                      "name": "users", "state": "CLOSED", "since": "2026-01-01T00:00:00Z", "reopens": 0,
                      "healthScore": 100, "calls": { "total": 0, "failed": 0, "failureStreak": 0 },
                      "totals": {
                        "succeeded": 0, "failed": 0, "ignored": 0, "rejected": 0, "retries": 0, "timeouts": 0,
                        "fallbacks": 0, "bulkheadRejections": 0
                      }
                    }
                  ]
                }""", JsonCompareMode.STRICT);
    }

    @Test
    void showsOneBreakerWithMoreOfIt() {
        BodyContentSpec body = get("/payments");

        body.json("""
                {
                  "name": "payments", "state": "OPEN", "since": "2026-01-01T00:00:07Z", "retryAfter": "PT12.5S",
                  "reopens": 0, "reason": "failureRate(0.5) held: 2 of 4 calls failed", "healthScore": 0,
                  "calls": { "total": 4, "failed": 2, "slow": { "3s": 1 }, "failureRate": 0.5, "failureStreak": 2 },
                  "methods": [],
                  "transitions": [
                    {
                      "from": "CLOSED", "to": "OPEN", "at": "2026-01-01T00:00:07Z",
                      "reason": "failureRate(0.5) held: 2 of 4 calls failed", "by": "breaker"
                    }
                  ]
                }""");
        body.jsonPath("$.config.tripper.value").isEqualTo("slowRate(0.9, 3s) | (minRequests(4) & failureRate(0.5))");
        body.jsonPath("$.config.tripper.origin").isEqualTo("breaker.instances.payments.tripper");
        body.jsonPath("$.config.cooldown.value").isEqualTo("fixed(60s)");
        body.jsonPath("$.config.cooldown.origin").isEqualTo("default");
    }

    @Test
    void namesTheGuardedMethodsAndTheirFallbacks() {
        get("/users").json("""
                {
                  "methods": ["UserService.nameOf(String)"],
                  "fallbackMethods": { "UserService.nameOf(String)": "nobody" }
                }""");
    }

    @Test
    void showsTheClassOfTheLastFailureAndNotItsMessage() {
        BodyContentSpec body = get("/payments");

        body.jsonPath("$.lastFailure.class").isEqualTo("java.lang.IllegalStateException");
        body.jsonPath("$.lastFailure.at").isEqualTo("2026-01-01T00:00:07Z");
        body.jsonPath("$.lastFailure.message").doesNotExist();
    }

    @Test
    void leavesOutWhatDoesNotExist() {
        BodyContentSpec body = get("/stock");

        body.jsonPath("$.lastFailure").doesNotExist();
        body.jsonPath("$.reason").doesNotExist();
        body.jsonPath("$.retryAfter").doesNotExist();
        body.jsonPath("$.transitions").isEmpty();
    }

    @Test
    void showsFailedAndIgnoredCallsApartFromTransitions() {
        get("/payments/events").json("""
                {
                  "name": "payments",
                  "calls": [
                    {
                      "outcome": "FAILED", "at": "2026-01-01T00:00:07Z", "latency": "PT1S",
                      "class": "java.lang.IllegalStateException"
                    },
                    {
                      "outcome": "FAILED", "at": "2026-01-01T00:00:06Z", "latency": "PT1S",
                      "class": "java.lang.IllegalStateException"
                    },
                    {
                      "outcome": "IGNORED", "at": "2026-01-01T00:00:05Z",
                      "class": "java.lang.IllegalArgumentException"
                    }
                  ],
                  "transitions": [
                    {
                      "from": "CLOSED", "to": "OPEN", "at": "2026-01-01T00:00:07Z",
                      "reason": "failureRate(0.5) held: 2 of 4 calls failed", "by": "breaker"
                    }
                  ]
                }""", JsonCompareMode.STRICT);
    }

    @Test
    void showsNoMoreEventsThanAskedFor() {
        get("/payments/events?limit=1").jsonPath("$.calls.length()").isEqualTo(1);
        get("/payments/events?limit=1000").jsonPath("$.calls.length()").isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nobody", "/nobody/events", "/Payments"})
    void doesNotFindAnUnknownName(String path) {
        assertStatus(path, HttpStatus.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/payments/calls",
                "/payments/EVENTS",
                "/payments/events?limit=zz",
                "/payments/events?limit=0",
                "/payments/events?limit=-1"
            })
    void refusesAnyOtherSectionAndAWrongLimit(String path) {
        assertStatus(path, HttpStatus.BAD_REQUEST);
    }

    @Test
    void cannotBeWrittenToUnlessAccessIsUnrestricted() {
        client.post()
                .uri("/stock")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"state\":\"disabled\"}")
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.METHOD_NOT_ALLOWED);
    }

    private void failAfterOneSecond(CircuitBreaker breaker, RuntimeException thrown) {
        assertThatThrownBy(() -> breaker.run(() -> {
                    time.advance(Duration.ofSeconds(1));
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    private BodyContentSpec get(String path) {
        return client.get().uri(path).exchange().expectStatus().isOk().expectBody();
    }

    private void assertStatus(String path, HttpStatus status) {
        client.get().uri(path).exchange().expectStatus().isEqualTo(status);
    }

    static class UserService {

        @io.breaker.spring.annotation.CircuitBreaker(name = "users", fallbackMethod = "nobody")
        String nameOf(String id) {
            return "user " + id;
        }

        String nobody() {
            return "nobody";
        }
    }
}
