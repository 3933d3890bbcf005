package io.breaker.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.StateOverride;
import io.breaker.spring.ManualTimeApplication;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@SpringBootTest(
        classes = RejectionResolverTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "server.address=127.0.0.1")
class RejectionResolverTests {

    @Autowired
    private CircuitBreaker breaker;

    private RestTestClient client;

    @BeforeEach
    void forceOpenForTenSeconds(@LocalServerPort int port) {
        client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build();
        breaker.override(StateOverride.to(CircuitState.FORCED_OPEN).expiringIn(Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/callable", "/stage", "/wrapped"})
    void answersARejectedCallWithServiceUnavailable(String path) {
        get(path)
                .expectStatus()
                .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "10")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(503)
                .jsonPath("$.title")
                .isEqualTo("Service Unavailable");
    }

    @Test
    void saysNothingAboutTheInsideOfTheApplication() {
        String body = get("/plain").returnResult(String.class).getResponseBody();

        assertThat(body).isNotBlank().doesNotContainIgnoringCase("payments", "breaker", "circuit", "Exception");
    }

    @Test
    void promisesNoTimeWhereNobodyKnowsIt() {
        breaker.forceOpen();

        get("/plain")
                .expectStatus()
                .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
                .expectHeader()
                .doesNotExist(HttpHeaders.RETRY_AFTER);
    }

    @Test
    void answersAClientThatWantsHtmlInTheSameWay() {
        client.get()
                .uri("/plain")
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void answersACallThatFoundTheBulkheadFull() {
        get("/full")
                .expectStatus()
                .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "1");
    }

    @Test
    void leavesOtherExceptionsAlone() {
        get("/broken").expectStatus().isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    @Test
    void leavesAnExceptionAloneThatHasAStatusOfItsOwn() {
        get("/annotated").expectStatus().isEqualTo(HttpStatus.BAD_GATEWAY);
        get("/with-status").expectStatus().isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void leavesARejectionAloneThatTheControllerHandles() {
        get("/handled").expectStatus().isEqualTo(HttpStatus.PAYMENT_REQUIRED);
    }

    private ResponseSpec get(String path) {
        return client.get().uri(path).exchange();
    }

    @Import({ManualTimeApplication.class, Shop.class, HandlingShop.class})
    static class Application {

        @Bean
        CircuitBreaker payments(ManualTime time) {
            return CircuitBreaker.of("payments", CircuitBreakerConfig.ofDefaults(), time);
        }
    }

    @RestController
    static class Shop {

        private final CircuitBreaker breaker;

        Shop(CircuitBreaker breaker) {
            this.breaker = breaker;
        }

        @GetMapping("/plain")
        String plain() {
            return breaker.get(() -> "paid");
        }

        @GetMapping("/callable")
        Callable<String> callable() {
            return () -> breaker.get(() -> "paid");
        }

        @GetMapping("/stage")
        CompletionStage<String> stage() {
            return breaker.callAsync(() -> CompletableFuture.completedFuture("paid"))
                    .thenApply(paid -> paid + " indeed");
        }

        @GetMapping("/wrapped")
        String wrapped() {
            try {
                return plain();
            } catch (RuntimeException rejection) {
                throw new IllegalStateException("could not pay", new IllegalStateException(rejection));
            }
        }

        @GetMapping("/annotated")
        String annotated() {
            try {
                return plain();
            } catch (RuntimeException rejection) {
                throw new PaymentFailed(rejection);
            }
        }

        @GetMapping("/with-status")
        String withStatus() {
            try {
                return plain();
            } catch (RuntimeException rejection) {
                throw new ResponseStatusException(HttpStatus.CONFLICT, "could not pay", rejection);
            }
        }

        @GetMapping("/full")
        String full() {
            Bulkhead bulkhead = Bulkhead.of("orders", settings -> settings.maxConcurrentCalls(1));
            bulkhead.callAsync(CompletableFuture::new);
            return bulkhead.get(() -> "paid");
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("broken");
        }
    }

    @RestController
    static class HandlingShop {

        private final CircuitBreaker breaker;

        HandlingShop(CircuitBreaker breaker) {
            this.breaker = breaker;
        }

        @GetMapping("/handled")
        String handled() {
            return breaker.get(() -> "paid");
        }

        @ExceptionHandler
        @ResponseStatus(HttpStatus.PAYMENT_REQUIRED)
        String onAny(Exception any) {
            return "handled";
        }
    }

    @ResponseStatus(HttpStatus.BAD_GATEWAY)
    static class PaymentFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PaymentFailed(Throwable cause) {
            super(cause);
        }
    }
}
