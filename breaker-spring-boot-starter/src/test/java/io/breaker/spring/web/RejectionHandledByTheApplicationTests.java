package io.breaker.spring.web;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.spring.ManualTimeApplication;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@SpringBootTest(
        classes = RejectionHandledByTheApplicationTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "server.address=127.0.0.1")
class RejectionHandledByTheApplicationTests {

    @Test
    void anAdviceWithoutAnOrderThatHandlesEverythingWins(@LocalServerPort int port) {
        RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build()
                .get()
                .uri("/pay")
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.PAYMENT_REQUIRED)
                .expectBody(String.class)
                .isEqualTo("handled");
    }

    @Import({ManualTimeApplication.class, Shop.class, HandlesEverything.class})
    static class Application {}

    @RestController
    static class Shop {

        @GetMapping("/pay")
        String pay() {
            CircuitBreaker breaker = CircuitBreaker.of("payments", CircuitBreakerConfig.ofDefaults());
            breaker.forceOpen();
            return breaker.get(() -> "paid");
        }
    }

    @RestControllerAdvice
    static class HandlesEverything {

        @ExceptionHandler
        @ResponseStatus(HttpStatus.PAYMENT_REQUIRED)
        String onAny(Exception any) {
            return "handled";
        }
    }
}
