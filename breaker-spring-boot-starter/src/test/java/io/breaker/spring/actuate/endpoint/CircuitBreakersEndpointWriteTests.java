package io.breaker.spring.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.ManualTimeApplication;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@SpringBootTest(
        classes = ManualTimeApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "management.endpoints.web.exposure.include=circuitbreakers",
            "management.endpoint.circuitbreakers.access=unrestricted"
        })
@ExtendWith(OutputCaptureExtension.class)
class CircuitBreakersEndpointWriteTests {

    @Autowired
    private CircuitBreakerRegistry registry;

    @Autowired
    private ManualTime time;

    private RestTestClient client;
    private CircuitBreaker breaker;

    /** Breakers stay in the registry, and the application is started once: each test has one of its own. */
    @BeforeEach
    void registerABreaker(@LocalServerPort int port, TestInfo test) {
        client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port + "/actuator/circuitbreakers")
                .build();
        breaker = registry.register(
                test.getTestMethod().orElseThrow().getName() + " "
                        + registry.all().size(),
                CircuitBreakerConfig.ofDefaults());
    }

    @ParameterizedTest
    @CsvSource({
        "closed, CLOSED",
        "metrics-only, METRICS_ONLY",
        "disabled, DISABLED",
        "forced-open, FORCED_OPEN",
        "FORCED_OPEN, FORCED_OPEN"
    })
    void putsABreakerIntoAState(String text, CircuitState state) {
        post("{\"state\":\"" + text + "\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo(breaker.name())
                .jsonPath("$.state")
                .isEqualTo(state.name());

        assertThat(breaker.state()).isEqualTo(state);
    }

    @Test
    void keepsTheReasonAmongTheTransitionsAndLogsIt(CapturedOutput output) {
        post("{\"state\":\"disabled\",\"reason\":\"drill\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("drill")
                .jsonPath("$.transitions[0].reason")
                .isEqualTo("drill")
                .jsonPath("$.transitions[0].by")
                .isEqualTo("actuator");

        assertThat(output).contains(breaker.name() + "' went from CLOSED to DISABLED (by actuator): drill");
    }

    @Test
    void namesWhoeverIsLoggedIn() {
        client.mutate()
                .defaultHeaders(headers -> headers.setBasicAuth("alice", "secret"))
                .build()
                .post()
                .uri("/{name}", breaker.name())
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"state\":\"disabled\"}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.transitions[0].by")
                .isEqualTo("alice")
                .jsonPath("$.transitions[0].reason")
                .isEqualTo("by hand");
    }

    @Test
    void undoesAnOverrideThatHasAnEnd() {
        post("{\"state\":\"forced-open\",\"reason\":\"drill\",\"expiresIn\":\"10s\"}")
                .expectStatus()
                .isOk();
        assertThatThrownBy(() -> breaker.run(() -> {})).isInstanceOf(CallNotPermittedException.class);

        time.advance(Duration.ofSeconds(10));

        client.get()
                .uri("/{name}", breaker.name())
                .exchange()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("CLOSED")
                .jsonPath("$.totals.rejected")
                .isEqualTo(1)
                .jsonPath("$.transitions[0].by")
                .isEqualTo("breaker")
                .jsonPath("$.transitions[1].reason")
                .isEqualTo("drill");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"state\":\"open\"}",
                "{\"state\":\"half-open\"}",
                "{\"state\":\"broken\"}",
                "{\"state\":\"\"}",
                "{\"state\":null}",
                "{\"state\":7}",
                "{\"reason\":\"drill\"}",
                "{}",
                "{\"state\":\"forced-open\",\"expiresIn\":\"10\"}",
                "{\"state\":\"forced-open\",\"expiresIn\":\"soon\"}",
                "{\"state\":\"forced-open\",\"expiresIn\":\"-1s\"}",
                "{\"state\":\"closed\",\"expiresIn\":\"10m\"}",
                "no json"
            })
    void refusesAWrongBodyAndChangesNothing(String body) {
        post(body).expectStatus().isBadRequest();

        assertThat(breaker.history().transitions()).isEmpty();
    }

    @Test
    void doesNotFindAnUnknownNameAndMakesNoBreaker() {
        client.post()
                .uri("/nobody")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"state\":\"closed\"}")
                .exchange()
                .expectStatus()
                .isNotFound();

        assertThat(registry.find("nobody")).isEmpty();
    }

    @Test
    void cannotBeCommandedByTheFormOfAForeignPage() {
        for (MediaType type : new MediaType[] {MediaType.APPLICATION_FORM_URLENCODED, MediaType.TEXT_PLAIN}) {
            client.post()
                    .uri("/{name}", breaker.name())
                    .contentType(type)
                    .body("state=closed")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        client.post()
                .uri("/{name}", breaker.name())
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }

    private ResponseSpec post(String body) {
        return client.post()
                .uri("/{name}", breaker.name())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
