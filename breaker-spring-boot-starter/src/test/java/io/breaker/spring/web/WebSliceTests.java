package io.breaker.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A slice of an application with nothing but its web layer, as its own tests start it. */
@WebMvcTest(WebSliceTests.Till.class)
@ContextConfiguration(classes = WebSliceTests.Application.class)
class WebSliceTests {

    @Autowired
    MockMvcTester http;

    @Test
    void answersARejectionAsTheWholeApplicationDoes() {
        assertThat(http.get().uri("/receipt")).hasStatus(503).hasHeader(HttpHeaders.RETRY_AFTER, "60");
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Till.class)
    static class Application {}

    /** What a controller does whose service is rejected. */
    @RestController
    static class Till {

        private final CircuitBreaker open = CircuitBreaker.of(
                "payments",
                CircuitBreakerConfig.builder().tripper("failureStreak(1)").build());

        @GetMapping("/receipt")
        String receipt() {
            try {
                open.run(() -> {
                    throw new IllegalStateException("down");
                });
            } catch (IllegalStateException failure) {
                return open.get(() -> "paid");
            }
            return "paid";
        }
    }
}
