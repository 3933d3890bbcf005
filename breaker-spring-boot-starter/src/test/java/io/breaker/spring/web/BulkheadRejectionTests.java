package io.breaker.spring.web;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.spring.ManualTimeApplication;
import io.breaker.spring.annotation.CircuitBreaker;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a client is told where a bulkhead has no room. */
@SpringBootTest(
        classes = BulkheadRejectionTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "breaker.instances.payments.bulkhead.max-concurrent-calls=1",
            "breaker.instances.payments.retry.max-attempts=3"
        })
class BulkheadRejectionTests {

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/stage", "/in-code"})
    void answersWithServiceUnavailableAndToComeBackSoon(String path, @LocalServerPort int port) {
        RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "1")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(503);
    }

    @Import({ManualTimeApplication.class, Shop.class})
    static class Application {

        @Bean
        Payments payments() {
            return new Payments();
        }
    }

    @RestController
    static class Shop {

        private final Payments payments;

        Shop(Payments payments) {
            this.payments = payments;
        }

        @GetMapping("/plain")
        String plain() {
            return payments.pay(() -> payments.pay(() -> "paid"));
        }

        @GetMapping("/stage")
        CompletionStage<String> stage() {
            return payments.pay(() -> payments.payLater());
        }

        @GetMapping("/in-code")
        String inCode() throws Exception {
            Bulkhead bulkhead = Bulkhead.of("own", settings -> settings.maxConcurrentCalls(1));
            return bulkhead.call(() -> bulkhead.get(() -> "paid"));
        }
    }

    static class Payments {

        @CircuitBreaker("payments")
        public <T> T pay(Supplier<T> call) {
            return call.get();
        }

        @CircuitBreaker("payments")
        public CompletionStage<String> payLater() {
            throw new IllegalStateException("must not be reached");
        }
    }
}
